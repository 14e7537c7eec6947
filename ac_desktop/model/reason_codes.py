"""The closed set of reasons."""

from enum import StrEnum
from typing import Final


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


BY_FILE: Final = frozenset({ReasonCode.FILE_FORBIDS, ReasonCode.FILE_UNCLEAR})
"""The reasons of rows whose own columns forbid mailing the person, or may."""
