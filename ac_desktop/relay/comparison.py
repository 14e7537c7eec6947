"""What a relay would change in the account, found by reading alone, before anything is queued or sent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ac_desktop.activecampaign import requests, responses
from ac_desktop.activecampaign.requests import Reply
from ac_desktop.activecampaign.responses import ContactLost, FoundContact, Refused
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField, ContactPayload
from ac_desktop.model.reasons import Reason
from ac_desktop.relay.consent import read_memberships, why_membership_held
from ac_desktop.relay.request_runner import AccountAccess, AccountReadError, RelayStoppedError, RequestRunner, StepName


class Difference(StrEnum):
    """How a donor compares with the account."""

    NEW = "new"
    CHANGES = "changes"
    SAME = "same"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True)
class DonorChange:
    """One value that a relay would overwrite or fill in: “A.” → “Annie”."""

    field: ContactField
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ComparedDonor:
    """A donor to compare; `key` is the caller's own, such as the ID of a record or the number of a row."""

    key: int
    donor: Donor
    outdated: bool = False


@dataclass(frozen=True, kw_only=True)
class ComparisonResult:
    """The comparison of one donor. A held donor has `changes` too; with `on_list` the relay need not add them."""

    key: int
    email: str
    difference: Difference
    changes: tuple[DonorChange, ...] = ()
    held: Reason | None = None
    on_list: bool = False


class Comparison:
    """Compares donors with an account, within its rate limit: one request for a new contact, two for a known one."""

    def __init__(self, access: AccountAccess) -> None:
        self._access = access

    def compare(
        self,
        connection: Connection,
        key: str,
        wanted: Iterable[ComparedDonor],
        stopping: Callable[[], bool] = lambda: False,
    ) -> Iterator[ComparisonResult]:
        """Yield each donor's comparison; end early when stopping. Raise AccountReadError where the account fails."""
        try:
            with self._access.open(connection, key, stopping) as context:
                for donor in wanted:
                    yield _compare(connection, RequestRunner(connection, context), donor)
        except RelayStoppedError:
            return


def _compare(connection: Connection, runner: RequestRunner, wanted: ComparedDonor) -> ComparisonResult:
    payload = ContactPayload.of(wanted.donor, outdated=wanted.outdated)
    reply = _reply_or_raise(runner.ask(StepName.FIND, requests.contact_of(payload.email)))
    found = responses.read_found(reply, email=payload.email)
    if isinstance(found, Refused):
        raise AccountReadError(found.reason)
    if found is None:
        changes = _changes(payload, None)
        return ComparisonResult(key=wanted.key, email=payload.email, difference=Difference.NEW, changes=changes)
    changes = _changes(payload.keeping(found.values, connection.settings.keep_fields), found)
    held, on_list = _list_status(connection, runner, found)
    difference = Difference.CHANGES if changes else Difference.SAME
    return ComparisonResult(
        key=wanted.key,
        email=payload.email,
        difference=Difference.UNSUBSCRIBED if held else difference,
        changes=changes,
        held=held,
        on_list=on_list,
    )


def _list_status(connection: Connection, runner: RequestRunner, found: FoundContact) -> tuple[Reason | None, bool]:
    """Return why the consent guard would hold a contact, if it would, and whether they are on the list."""
    read = read_memberships(runner, found.contact_id, connection.settings.list_id)
    if isinstance(read, Refused):
        raise AccountReadError(read.reason)
    membership = None if isinstance(read, ContactLost) else read.most_restrictive
    if membership is None:
        return None, False
    held = why_membership_held(membership, connection.settings)
    return held, held is None


def _changes(payload: ContactPayload, found: FoundContact | None) -> tuple[DonorChange, ...]:
    values = found.values if found else {}
    return tuple(DonorChange(field, values.get(field, ""), after) for field, after in payload.changes(values).items())


def _reply_or_raise(reply: Reply | Refused) -> Reply:
    if isinstance(reply, Refused):
        raise AccountReadError(reply.reason)
    return reply
