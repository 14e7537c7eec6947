"""What an office grants: a request's time, reserved on the server for an attempt whose claim is still its own."""

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """What a claim is of."""

    RECORD = "record"
    BULK = "bulk"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class ClaimFence:
    """A claim by its token; `key` is the ID of its record, of its bulk request, or of the connection of its page."""

    kind: ClaimKind
    key: int
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """The answer to asking for a request's time.

    `at` is that time by this computer's steady clock, `keeps` the seconds after it within which the request has to
    leave. Without one (None), the time is asked for again after `again` seconds, of which the account is busy for
    `busy`, or not at all where the claim was lost.

    `epoch` is the number of the account's busy periods so far: a later one cancels the reservation. So does the loss of
    the connection numbered `listener`, on which this process would hear of it.
    """

    at: float | None = None
    keeps: float = 0.0
    again: float = 0.0
    busy: float = 0.0
    is_lost: bool = False
    account: str = ""
    epoch: int = 0
    listener: int = 0
