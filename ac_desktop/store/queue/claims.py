"""Claims of records and their results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog, StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claimed record: its donor, the next step, and its connection as of the claim.

    `outdated`: a newer donation of this person was sent, or is being sent, to the same account.
    """

    record_id: int
    token: int
    connection: Connection
    donor: Donor
    step: Step
    contact_id: str | None
    tries: int
    busy_waited: float
    resubscribe: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """The result of a claim's attempt; `was_new` is whether it created the contact: shown only, no relay reads it."""

    end: rules.AttemptEnd
    reason: Reason | None
    log: AttemptLog
    busy_waited: float = 0.0
    was_new: bool | None = None


@dataclass(frozen=True, slots=True)
class BulkMember:
    """One record of a bulk request."""

    record_id: int
    payload: ContactPayload
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkClaim:
    """Records of one bulk request, which is one attempt (rule 3).

    `taken_as` is ActiveCampaign's ID of the request where it was accepted already, by this process before or by one
    that has ended; then only its result is polled, and `steps` are those logged so far.
    """

    bulk_batch_id: int
    token: int
    connection: Connection
    members: tuple[BulkMember, ...]
    started_at: float
    taken_as: str = ""
    taken_at: float = 0.0
    steps: tuple[StepLog, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """The result of a bulk request, for all of its records except those that were refused by name.

    `refused` has those by record ID. `result_open`: it was accepted, and its result is still to be polled.
    `one_by_one`: its records are not sent in bulk again.
    """

    end: rules.AttemptEnd
    reason: Reason | None
    log: AttemptLog
    refused: Mapping[int, Reason] = field(default_factory=dict)
    result_open: bool = False
    one_by_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClaim:
    """The next page of a list that is read back: the contacts with IDs above `after`; `unsettled` donors are sought."""

    token: int
    connection: Connection
    after: int
    unsettled: int
    started_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleClaim:
    """A donor of a bulk request who is checked singly; `contact_id` is set where it is known."""

    token: int
    connection: Connection
    record_id: int
    email: str
    contact_id: int | None
    started_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMember:
    """A contact as seen on the account's list: sent, or held for `why`; in doubt without a `why`."""

    email: str
    contact_id: int | None
    is_sent: bool = False
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """The result of a page: a `failure`, or the contacts `seen` up to contact ID `last`.

    `check_singly`: the rest is checked singly, as pages are unreliable or need more requests.
    """

    log: AttemptLog
    failure: rules.Failure | None = None
    reason: Reason | None = None
    seen: tuple[SeenMember, ...] = ()
    last: int = 0
    is_last: bool = False
    check_singly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleResult:
    """The result of a single check: a `failure` for a `reason`, or how the donor was `seen`."""

    log: AttemptLog
    failure: rules.Failure | None = None
    reason: Reason | None = None
    seen: SeenMember | None = None


class IdleReason(StrEnum):
    """Why there is nothing to claim."""

    DONE = "done"
    STOPPED = "stopped"
    LATER = "later"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Nothing to claim: why, and the time of the next try (LATER only)."""

    idle: IdleReason
    until: float = 0.0
