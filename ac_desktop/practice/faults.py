"""The faults of the practice account: each open point of the API's reference, and ways in which requests fail.

The defaults are what the evidence makes likely; every field has the alternatives that were seen or are possible.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, get_type_hints

from ac_desktop.model.wording import tr, translatable
from ac_desktop.practice.consent_faults import MembershipPages, MembershipRows, MergedContact, OtherStatus, SyncContact


class BadKey(StrEnum):
    """The response to a key that is wrong or withdrawn."""

    EMPTY_403 = translatable("403, empty, no type")
    EMPTY_JSON_403 = translatable("403, empty, typed JSON")
    FORBIDDEN_403 = translatable("403 “Forbidden”")
    JSON_401 = "401"
    EMPTY_200 = translatable("200 with an empty text")


class MissingKey(StrEnum):
    """The response to a call without a key."""

    AS_BAD_KEY = translatable("same as for a wrong key")
    EMPTY_403 = translatable("403, empty, no type")
    EMPTY_JSON_403 = translatable("403, empty, typed JSON")
    FORBIDDEN_403 = translatable("403 “Forbidden”")
    JSON_401 = "401"
    EMPTY_200 = translatable("200 with an empty text")


class UnknownList(StrEnum):
    """The response of `contactLists` to a list that does not exist."""

    ERRORS_422 = "422"
    ERRORS_400 = "400"
    MESSAGE_404 = "404"
    NO_ERRORS_422 = translatable("422 without reasons")


class DeletedContact(StrEnum):
    """The response of `contactLists` to a contact that was deleted meanwhile."""

    MESSAGE_404 = "404"
    ERRORS_422 = "422"


class InvalidEmail(StrEnum):
    """The response of `contact/sync` to an address that ActiveCampaign refuses."""

    ERRORS_422 = "422"
    ERRORS_400 = "400"
    EMPTY_400 = translatable("400, empty")
    NULL_ERRORS_422 = translatable("422 with errors null")


class SyncExisting(StrEnum):
    """The response of `contact/sync` for an address that is already there."""

    LONG_200 = "200"
    SHORT_201 = translatable("201, as if created")
    FIELD_VALUES = translatable("200 with field values as numbers")


class ListSuccess(StrEnum):
    """The status of a successful `contactLists`."""

    NEW_201 = translatable("201 when new, else 200")
    ALWAYS_200 = translatable("always 200")


class Resubscribe(StrEnum):
    """The status of a person who unsubscribed, after subscribing again."""

    BECOMES_ACTIVE = translatable("resubscribed")
    REFUSED_422 = translatable("rejected with 422")


class Bounced(StrEnum):
    """The status of a person whose mail bounced, after subscribing again."""

    STAYS_BOUNCED = translatable("stays bounced")
    BECOMES_ACTIVE = translatable("resubscribed")


class OverLimit(StrEnum):
    """The response to more requests a second than the account may make."""

    RETRY_1 = translatable("429, wait 1 second")
    RETRY_30 = translatable("429, wait 30 seconds")
    NO_HEADER = translatable("429 without a time")
    HTTP_DATE = translatable("429 with a date")
    EMPTY_503 = translatable("503, empty")
    HTML_503 = translatable("503, a web page")
    RETRY_503 = translatable("503, wait 1 second")


class WrongAccount(StrEnum):
    """The response where the address names no account."""

    OFF = translatable("off")
    REDIRECT_302 = translatable("302 to a sign-in page")
    REDIRECT_301 = translatable("301 to a sign-in page")
    HTML_404 = translatable("404, a web page")
    HTML_200 = translatable("200, a web page")


class ContactLimit(StrEnum):
    """The response where the plan's number of contacts is reached."""

    OFF = translatable("off")
    FORBIDDEN_403 = "403"
    ERRORS_422 = "422"


class Outage(StrEnum):
    """How the whole account is out of order."""

    OFF = translatable("off")
    ERROR_500 = "500"
    ERROR_502 = "502"
    ERROR_503 = "503"
    ERROR_504 = "504"
    ISSUES_PAGE = translatable("“having some issues” page, 503")
    ISSUES_PAGE_200 = translatable("“having some issues” page, 200")
    RESET_BEFORE = translatable("connection dropped before the request is processed")
    RESET_AFTER = translatable("connection dropped after the request is processed")


class Garbled(StrEnum):
    """How a successful response is damaged; the request itself is carried out."""

    OFF = translatable("off")
    EMPTY_9001 = translatable("200, empty, code 9001")
    EMPTY_OBJECT = translatable("an empty object")
    HTML_200 = translatable("200, a web page")
    BROKEN_JSON = translatable("broken JSON")
    NOT_UTF8 = translatable("not UTF-8")
    ODD_ID = translatable("an ID that isn't a number")
    WRONG_ECHO = translatable("a different list and contact than requested")
    CUT_BODY = translatable("cut off in the middle")


class BulkFailure(StrEnum):
    """How the result of a bulk import names the addresses that failed."""

    ADDRESSES = translatable("a list of addresses")
    OBJECTS = translatable("a list of objects")
    BY_ADDRESS = translatable("an object by address")
    TEXT = translatable("one text")
    COUNT = translatable("a number")
    INDICES = translatable("a list of places")
    BRACKETED = translatable("addresses in brackets")
    MIXED = translatable("addresses and objects mixed")
    EMPTY = translatable("an empty list")
    NULL = translatable("null")
    MISSING = translatable("no such key")
    RENAMED = translatable("a key of another name")


class BadJson(StrEnum):
    """The response to a request whose body is no JSON."""

    EMPTY_400 = "400"
    HTML_400 = translatable("400, a web page")


class WrongPath(StrEnum):
    """The response to a path or a method that does not exist."""

    JSON_404 = "404"
    NOT_ALLOWED_405 = translatable("405 for a wrong method")
    HTML_404 = translatable("404, a web page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How the practice account responds; by default, without faults."""

    refuse_everything: bool = False
    lists_forbidden: bool = False
    lists_gone: bool = False
    refuse_addresses: bool = False
    always_busy: bool = False
    outage: Outage = Outage.OFF
    lapsed: bool = False
    wrong_account: WrongAccount = WrongAccount.OFF
    contact_limit: ContactLimit = ContactLimit.OFF
    garbled: Garbled = Garbled.OFF
    slow_seconds: float = 0.0
    spurious_403_every: int = 0
    bad_key: BadKey = BadKey.EMPTY_403
    missing_key: MissingKey = MissingKey.AS_BAD_KEY
    unknown_list: UnknownList = UnknownList.ERRORS_422
    deleted_contact: DeletedContact = DeletedContact.MESSAGE_404
    invalid_email: InvalidEmail = InvalidEmail.ERRORS_422
    sync_existing: SyncExisting = SyncExisting.LONG_200
    list_success: ListSuccess = ListSuccess.NEW_201
    resubscribe: Resubscribe = Resubscribe.BECOMES_ACTIVE
    bounced: Bounced = Bounced.STAYS_BOUNCED
    other_status: OtherStatus = OtherStatus.BECOMES_ACTIVE
    merged_contact: MergedContact = MergedContact.MESSAGE_404
    sync_contact: SyncContact = SyncContact.OWN
    membership_pages: MembershipPages = MembershipPages.PAGED
    membership_rows: MembershipRows = MembershipRows.AS_DOCUMENTED
    integer_ids: bool = False
    rate_headers: bool = True
    over_limit: OverLimit = OverLimit.RETRY_1
    bad_json: BadJson = BadJson.EMPTY_400
    wrong_path: WrongPath = WrongPath.JSON_404
    bulk_interrupted: bool = False
    bulk_lost: bool = False
    bulk_failure: BulkFailure = BulkFailure.ADDRESSES
    bulk_drops_every: int = 0
    bulk_half_applied: bool = False
    filters_ignored: bool = False
    lists_not_included: bool = False


WELL: Final = Faults()
"""An account without faults."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch as a person sees it: a field of `Faults`, its name, and its choices where they have names."""

    field: str
    label: str
    kind: type
    choices: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The name a person reads."""
        return tr(self.label)

    @property
    def choice_texts(self) -> dict[str, str]:
        """Each choice as a person reads it."""
        return {choice: tr(choice) for choice in self.choices}


_LABELS: Final[Mapping[str, str]] = {
    "refuse_everything": translatable("Reject every request, as with a revoked key (403)"),
    "lists_forbidden": translatable("Hide the lists from the key (403)"),
    "lists_gone": translatable("Delete the lists"),
    "refuse_addresses": translatable("Reject every email address"),
    "always_busy": translatable("Always too busy"),
    "outage": translatable("Outage"),
    "lapsed": translatable("The account is unpaid (402)"),
    "wrong_account": translatable("Wrong API URL"),
    "contact_limit": translatable("The plan's contact limit is reached"),
    "garbled": translatable("Corrupt successful responses"),
    "slow_seconds": translatable("Delay responses, in seconds"),
    "spurious_403_every": translatable("Reject every nth request even if the key is valid (0 = never)"),
    "bad_key": translatable("Response to a wrong key"),
    "missing_key": translatable("Response to a missing key"),
    "unknown_list": translatable("Response to an unknown list"),
    "deleted_contact": translatable("Response for a contact deleted in the meantime"),
    "invalid_email": translatable("Response to a rejected email address"),
    "sync_existing": translatable("Response for a contact that already exists"),
    "list_success": translatable("Response when someone is added to a list"),
    "resubscribe": translatable("When an unsubscribed person is added again"),
    "bounced": translatable("When a bounced person is added again"),
    "other_status": translatable("When a person with another status, such as 91, is added again"),
    "merged_contact": translatable("Response about the lists of a contact that was merged into another"),
    "sync_contact": translatable("The contact returned when one is saved"),
    "membership_pages": translatable("A contact's lists are returned"),
    "membership_rows": translatable("A contact's lists are written"),
    "integer_ids": translatable("Write IDs as numbers, not as texts"),
    "rate_headers": translatable("Include the number of remaining requests in successful responses"),
    "over_limit": translatable("Response to too many requests per second"),
    "bad_json": translatable("Response to a malformed request"),
    "wrong_path": translatable("Response to an unknown URL or method"),
    "bulk_interrupted": translatable("Bulk imports stop halfway"),
    "bulk_lost": translatable("Bulk imports are accepted, but the connection drops"),
    "bulk_failure": translatable("How a bulk result names failed contacts"),
    "bulk_drops_every": translatable("Bulk imports silently leave out every nth contact (0 = never)"),
    "bulk_half_applied": translatable("Bulk imports do half and report that all is done"),
    "filters_ignored": translatable("Searches for contacts ignore their filters"),
    "lists_not_included": translatable("Searches for contacts leave out their lists"),
}


def _switches() -> tuple[Switch, ...]:
    kinds = get_type_hints(Faults)
    return tuple(
        Switch(field.name, _LABELS[field.name], kinds[field.name], _choices(kinds[field.name]))
        for field in fields(Faults)
    )


def _choices(kind: type) -> tuple[str, ...]:
    return tuple(choice.value for choice in kind) if issubclass(kind, StrEnum) else ()


SWITCHES: Final = _switches()
"""Every switch, in the order in which they are shown."""


def from_form(form: Mapping[str, str]) -> Faults:
    """Parse the faults that a person chose in a form; an unticked box is not sent.

    Raises ValueError where a value is none of the choices.
    """
    values: dict[str, Any] = {switch.field: _from_text(switch.kind, form.get(switch.field)) for switch in SWITCHES}
    return Faults(**values)


def _from_text(kind: type, text: str | None) -> object:
    if kind is bool:
        return text is not None
    if text is None:
        raise ValueError(tr("Some fields are missing. Reload the page and try again."))
    try:
        value = kind(text)
    except ValueError:
        raise ValueError(tr("“{text}” isn't one of the choices.", text=text)) from None
    if isinstance(value, int | float) and not 0 <= value <= _HIGHEST:
        raise ValueError(tr("This number is out of range: {text}", text=text))
    return value


_HIGHEST: Final = 3600


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as a schedule sees it; `number`, `of_path` (from 1) and `since` (seconds) count from its setting.

    `path` is without `/api/3/`, with `{id}` in the place of a number: `contacts/{id}/contactLists`.
    """

    number: int
    of_path: int
    since: float
    at: float
    method: str
    path: str
    body: bytes = b""


When = Callable[[Incoming], bool]
Rule = tuple[When, Faults]
Schedule = Callable[[Incoming], Faults | None] | Sequence[Rule]
"""Decides the faults of a request; those of the account are in effect where no rule matches."""


def decide(schedule: Schedule, incoming: Incoming) -> Faults | None:
    """Return the faults a schedule has for a request."""
    if callable(schedule):
        return schedule(incoming)
    return next((faults for when, faults in schedule if when(incoming)), None)


def within(seconds: float) -> When:
    """Return a rule for some seconds from the setting of the schedule on."""
    return lambda incoming: incoming.since < seconds


def nth(path: str, *numbers: int) -> When:
    """Return a rule for the n-th request (from 1) of a path."""
    return lambda incoming: incoming.path == path and incoming.of_path in numbers


def first(count: int, path: str = "") -> When:
    """Return a rule for the first requests, of a path or of all."""
    if path:
        return lambda incoming: incoming.path == path and incoming.of_path <= count
    return lambda incoming: incoming.number <= count


def on(path: str) -> When:
    """Return a rule for every request of a path."""
    return lambda incoming: incoming.path == path
