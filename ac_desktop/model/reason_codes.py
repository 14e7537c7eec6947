"""The closed set of reasons, and what is known of each beside its words: group, who can resolve it, field, remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Final

from ac_desktop.model.states import Responsible


class ReasonCode(StrEnum):
    """Every reason of a record, an attempt or a refused connection."""

    # Found while a file is checked, before anything is sent.
    NO_EMAIL = "no_email"
    BAD_EMAIL = "bad_email"
    DUPLICATE_ROW = "duplicate_row"
    PAGE_EXCLUDED = "page_excluded"
    PAGE_NOT_CHOSEN = "page_not_chosen"
    PAGE_NOT_IN_TEAM = "page_not_in_team"
    PAGE_UNKNOWN = "page_unknown"
    TEAM_UNKNOWN = "team_unknown"
    OTHER_TEAM = "other_team"
    NOT_A_DONATION = "not_a_donation"
    NOT_COMPLETED = "not_completed"
    TEST_MODE = "test_mode"
    REFUNDED = "refunded"
    RAGGED_ROW = "ragged_row"
    FILE_FORBIDS = "file_forbids"
    FILE_UNCLEAR = "file_unclear"
    DONATION_UNCLEAR = "donation_unclear"
    ALREADY_SENT = "already_sent"
    ALREADY_QUEUED = "already_queued"
    HELD_BY_PERSON = "held_by_person"
    SKIPPED_BY_PERSON = "skipped_by_person"
    ERASED = "erased"
    # Corrections that come back in a report.
    CORRECTED = "corrected"
    MARK_MISSING = "mark_missing"
    MARK_DAMAGED = "mark_damaged"
    MARK_FOREIGN = "mark_foreign"
    MARK_OTHER_CONNECTION = "mark_other_connection"
    MARK_TWICE = "mark_twice"
    MARK_GONE = "mark_gone"
    MARK_SENT = "mark_sent"
    MARK_BUSY = "mark_busy"
    MARK_CONFLICT = "mark_conflict"
    # Found by the consent guard.
    UNSUBSCRIBED = "unsubscribed"
    UNSUBSCRIBED_UNDATED = "unsubscribed_undated"
    BOUNCED = "bounced"
    UNCONFIRMED = "unconfirmed"
    REMOVED_FROM_LIST = "removed_from_list"
    STATUS_UNKNOWN = "status_unknown"
    # The account's side: nothing is wrong with the donor.
    KEY_REFUSED = "key_refused"
    KEY_MISSING = "key_missing"
    KEY_OUTDATED = "key_outdated"
    FORBIDDEN = "forbidden"
    ACCOUNT_CLOSED = "account_closed"
    LIST_UNKNOWN = "list_unknown"
    WEB_PAGE = "web_page"
    REDIRECTED = "redirected"
    WRONG_ADDRESS = "wrong_address"
    TLS_FAILED = "tls_failed"
    PROXY_FAILED = "proxy_failed"
    # The donor's side.
    DONOR_REFUSED = "donor_refused"
    # Passing trouble.
    NAME_NOT_FOUND = "name_not_found"
    UNREACHABLE = "unreachable"
    CONNECTION_LOST = "connection_lost"
    TIMED_OUT = "timed_out"
    SERVER_TROUBLE = "server_trouble"
    BROKEN_ANSWER = "broken_answer"
    NO_CONTACT_NUMBER = "no_contact_number"
    CONTACT_NOT_CONFIRMED = "contact_not_confirmed"
    LIST_NOT_CONFIRMED = "list_not_confirmed"
    MEMBERSHIPS_UNCLEAR = "memberships_unclear"
    CONTACT_GONE = "contact_gone"
    BUSY_TOO_LONG = "busy_too_long"
    BUSY = "busy"
    # Our own side: nothing is wrong with the donor or the account.
    OWN_FAULT = "own_fault"
    NOT_KEPT = "not_kept"
    # Bulk relay.
    SENT_IN_BULK = "sent_in_bulk"
    BULK_TAKEN = "bulk_taken"
    FOUND_ON_LIST = "found_on_list"
    CONFIRMED_ALONE = "confirmed_alone"
    NOT_ON_LIST = "not_on_list"
    BULK_FAILED_ADDRESS = "bulk_failed_address"
    BULK_REFUSED = "bulk_refused"
    BULK_NOT_FINISHED = "bulk_not_finished"
    BULK_NO_RESULT = "bulk_no_result"


class ReasonGroup(Enum):
    """What a reason is about; each reason is in one group."""

    ROW = auto()
    """The row lacks an address, or its columns may have moved."""
    SCOPE = auto()
    DUPLICATE = auto()
    """Another row of the batch is relayed for the same donor (rule 11)."""
    NO_DONATION = auto()
    FILE_CONSENT = auto()
    """The row's own columns forbid mailing the person, or may, or leave the donation in doubt: a person decides."""
    EARLIER_BATCH = auto()
    """The row is unchanged in an earlier batch."""
    PERSON = auto()
    CORRECTION = auto()
    LIST_CONSENT = auto()
    """The consent guard found the person not active on the list (rule 8): a person decides, and can re-subscribe."""
    KEY = auto()
    """The account refuses the key, or everything that is asked with it."""
    ACCOUNT = auto()
    """The account's address, list or network settings; nothing is wrong with the donor."""
    DONOR = auto()
    PASSING = auto()
    OWN_FAULT = auto()
    BULK = auto()


class ReasonField(StrEnum):
    """The field of a donor that a reason is about, by its name in `Donor`."""

    EMAIL = "email"
    PAGE = "page"


class Remedy(Enum):
    """What a person can do about a reason, or about the state of a connection."""

    REPLACE_KEY = "replace key"
    CHOOSE_LIST = "choose list"
    EDIT = "edit"
    OPEN_DONORS = "open donors"
    TEST = "test"
    REACTIVATE = "reactivate"
    RESUME = "resume"
    EXPLAIN = "explain"


@dataclass(frozen=True)
class ReasonFacts:
    """The facts of a reason; a record is `incomplete` where it lacks what a relay needs and can be corrected."""

    group: ReasonGroup
    responsible: Responsible
    field: ReasonField | None = None
    remedy: Remedy | None = None
    incomplete: bool = False


FACTS: Final[Mapping[ReasonCode, ReasonFacts]] = MappingProxyType(
    {
        ReasonCode.NO_EMAIL: ReasonFacts(ReasonGroup.ROW, Responsible.YOU, field=ReasonField.EMAIL, incomplete=True),
        ReasonCode.BAD_EMAIL: ReasonFacts(ReasonGroup.ROW, Responsible.YOU, field=ReasonField.EMAIL, incomplete=True),
        ReasonCode.DUPLICATE_ROW: ReasonFacts(ReasonGroup.DUPLICATE, Responsible.NOBODY),
        ReasonCode.PAGE_EXCLUDED: ReasonFacts(ReasonGroup.SCOPE, Responsible.NOBODY, field=ReasonField.PAGE),
        ReasonCode.PAGE_NOT_CHOSEN: ReasonFacts(ReasonGroup.SCOPE, Responsible.NOBODY, field=ReasonField.PAGE),
        ReasonCode.PAGE_NOT_IN_TEAM: ReasonFacts(ReasonGroup.SCOPE, Responsible.NOBODY, field=ReasonField.PAGE),
        ReasonCode.PAGE_UNKNOWN: ReasonFacts(
            ReasonGroup.SCOPE, Responsible.YOU, field=ReasonField.PAGE, incomplete=True
        ),
        ReasonCode.TEAM_UNKNOWN: ReasonFacts(
            ReasonGroup.SCOPE, Responsible.YOU, field=ReasonField.PAGE, incomplete=True
        ),
        ReasonCode.OTHER_TEAM: ReasonFacts(ReasonGroup.SCOPE, Responsible.NOBODY),
        ReasonCode.NOT_A_DONATION: ReasonFacts(ReasonGroup.NO_DONATION, Responsible.NOBODY),
        ReasonCode.NOT_COMPLETED: ReasonFacts(ReasonGroup.NO_DONATION, Responsible.NOBODY),
        ReasonCode.TEST_MODE: ReasonFacts(ReasonGroup.NO_DONATION, Responsible.NOBODY),
        ReasonCode.REFUNDED: ReasonFacts(ReasonGroup.NO_DONATION, Responsible.NOBODY),
        ReasonCode.RAGGED_ROW: ReasonFacts(ReasonGroup.ROW, Responsible.YOU),
        ReasonCode.FILE_FORBIDS: ReasonFacts(ReasonGroup.FILE_CONSENT, Responsible.YOU),
        ReasonCode.FILE_UNCLEAR: ReasonFacts(ReasonGroup.FILE_CONSENT, Responsible.YOU),
        ReasonCode.DONATION_UNCLEAR: ReasonFacts(ReasonGroup.FILE_CONSENT, Responsible.YOU),
        ReasonCode.ALREADY_SENT: ReasonFacts(ReasonGroup.EARLIER_BATCH, Responsible.NOBODY),
        ReasonCode.ALREADY_QUEUED: ReasonFacts(ReasonGroup.EARLIER_BATCH, Responsible.NOBODY),
        ReasonCode.HELD_BY_PERSON: ReasonFacts(ReasonGroup.PERSON, Responsible.YOU),
        ReasonCode.SKIPPED_BY_PERSON: ReasonFacts(ReasonGroup.PERSON, Responsible.NOBODY),
        ReasonCode.ERASED: ReasonFacts(ReasonGroup.PERSON, Responsible.NOBODY),
        ReasonCode.CORRECTED: ReasonFacts(ReasonGroup.CORRECTION, Responsible.NOBODY),
        ReasonCode.MARK_MISSING: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_DAMAGED: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_FOREIGN: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_OTHER_CONNECTION: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_TWICE: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_GONE: ReasonFacts(ReasonGroup.CORRECTION, Responsible.NOBODY),
        ReasonCode.MARK_SENT: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_BUSY: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.MARK_CONFLICT: ReasonFacts(ReasonGroup.CORRECTION, Responsible.YOU),
        ReasonCode.UNSUBSCRIBED: ReasonFacts(ReasonGroup.LIST_CONSENT, Responsible.YOU),
        ReasonCode.UNSUBSCRIBED_UNDATED: ReasonFacts(ReasonGroup.LIST_CONSENT, Responsible.YOU),
        ReasonCode.BOUNCED: ReasonFacts(ReasonGroup.LIST_CONSENT, Responsible.YOU),
        ReasonCode.UNCONFIRMED: ReasonFacts(ReasonGroup.LIST_CONSENT, Responsible.YOU),
        ReasonCode.REMOVED_FROM_LIST: ReasonFacts(ReasonGroup.LIST_CONSENT, Responsible.YOU),
        ReasonCode.STATUS_UNKNOWN: ReasonFacts(ReasonGroup.LIST_CONSENT, Responsible.YOU),
        ReasonCode.KEY_REFUSED: ReasonFacts(ReasonGroup.KEY, Responsible.YOU_OR_ADMIN, remedy=Remedy.REPLACE_KEY),
        ReasonCode.KEY_MISSING: ReasonFacts(ReasonGroup.KEY, Responsible.YOU, remedy=Remedy.REPLACE_KEY),
        ReasonCode.KEY_OUTDATED: ReasonFacts(ReasonGroup.KEY, Responsible.YOU, remedy=Remedy.REPLACE_KEY),
        ReasonCode.FORBIDDEN: ReasonFacts(ReasonGroup.KEY, Responsible.ADMIN, remedy=Remedy.CHOOSE_LIST),
        ReasonCode.ACCOUNT_CLOSED: ReasonFacts(ReasonGroup.KEY, Responsible.ADMIN),
        ReasonCode.LIST_UNKNOWN: ReasonFacts(ReasonGroup.ACCOUNT, Responsible.YOU, remedy=Remedy.CHOOSE_LIST),
        ReasonCode.WEB_PAGE: ReasonFacts(ReasonGroup.ACCOUNT, Responsible.YOU, remedy=Remedy.EDIT),
        ReasonCode.REDIRECTED: ReasonFacts(ReasonGroup.ACCOUNT, Responsible.YOU, remedy=Remedy.EDIT),
        ReasonCode.WRONG_ADDRESS: ReasonFacts(ReasonGroup.ACCOUNT, Responsible.YOU, remedy=Remedy.EDIT),
        ReasonCode.TLS_FAILED: ReasonFacts(ReasonGroup.ACCOUNT, Responsible.IT),
        ReasonCode.PROXY_FAILED: ReasonFacts(ReasonGroup.ACCOUNT, Responsible.IT),
        ReasonCode.DONOR_REFUSED: ReasonFacts(ReasonGroup.DONOR, Responsible.YOU, remedy=Remedy.OPEN_DONORS),
        ReasonCode.NAME_NOT_FOUND: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.UNREACHABLE: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.CONNECTION_LOST: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.TIMED_OUT: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.SERVER_TROUBLE: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.BROKEN_ANSWER: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.NO_CONTACT_NUMBER: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.CONTACT_NOT_CONFIRMED: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.MEMBERSHIPS_UNCLEAR: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.LIST_NOT_CONFIRMED: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.CONTACT_GONE: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.BUSY_TOO_LONG: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.BUSY: ReasonFacts(ReasonGroup.PASSING, Responsible.WAIT),
        ReasonCode.OWN_FAULT: ReasonFacts(ReasonGroup.OWN_FAULT, Responsible.WAIT),
        ReasonCode.NOT_KEPT: ReasonFacts(ReasonGroup.OWN_FAULT, Responsible.WAIT),
        ReasonCode.SENT_IN_BULK: ReasonFacts(ReasonGroup.BULK, Responsible.NOBODY),
        ReasonCode.BULK_TAKEN: ReasonFacts(ReasonGroup.BULK, Responsible.WAIT),
        ReasonCode.FOUND_ON_LIST: ReasonFacts(ReasonGroup.BULK, Responsible.NOBODY),
        ReasonCode.CONFIRMED_ALONE: ReasonFacts(ReasonGroup.BULK, Responsible.NOBODY),
        ReasonCode.NOT_ON_LIST: ReasonFacts(ReasonGroup.BULK, Responsible.YOU),
        ReasonCode.BULK_FAILED_ADDRESS: ReasonFacts(ReasonGroup.BULK, Responsible.YOU, remedy=Remedy.OPEN_DONORS),
        ReasonCode.BULK_REFUSED: ReasonFacts(ReasonGroup.BULK, Responsible.WAIT),
        ReasonCode.BULK_NOT_FINISHED: ReasonFacts(ReasonGroup.BULK, Responsible.WAIT),
        ReasonCode.BULK_NO_RESULT: ReasonFacts(ReasonGroup.BULK, Responsible.WAIT),
    }
)


def codes_in(*groups: ReasonGroup) -> frozenset[ReasonCode]:
    """Return the reasons of some groups."""
    return frozenset(code for code, facts in FACTS.items() if facts.group in groups)


BY_FILE: Final = codes_in(ReasonGroup.FILE_CONSENT)
"""The reasons of rows whose own columns forbid mailing the person, or may."""
BY_CONSENT: Final = codes_in(ReasonGroup.LIST_CONSENT)
"""The reasons of the consent guard: only a record it holds can be re-subscribed."""
DECIDED_BY_PERSON: Final = BY_CONSENT | BY_FILE
"""The reasons of held records that a person's decision can release."""
BY_SCOPE: Final = codes_in(ReasonGroup.SCOPE, ReasonGroup.DUPLICATE)
"""The reasons that depend on the scope."""
ALREADY: Final = codes_in(ReasonGroup.EARLIER_BATCH)
"""The reasons of rows that are unchanged in an earlier batch."""
NO_DONATION: Final = codes_in(ReasonGroup.NO_DONATION)
"""The reasons of rows that are no donations."""
FOUND_BY_VALIDATION: Final = codes_in(ReasonGroup.ROW, ReasonGroup.SCOPE)
"""The reasons that the validation of one row finds: a corrected donor is validated anew."""
OF_ONE_ADDRESS: Final = codes_in(ReasonGroup.LIST_CONSENT, ReasonGroup.EARLIER_BATCH, ReasonGroup.DUPLICATE)
"""The reasons that hold for one address: another address is validated anew."""
BY_KEY: Final = codes_in(ReasonGroup.KEY)
"""The reasons why an account refuses a key."""
INCOMPLETE: Final = frozenset(code for code, facts in FACTS.items() if facts.incomplete)
"""The reasons of records that lack what a relay needs: these are corrected, not pushed."""
