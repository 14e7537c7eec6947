"""The progress of a relay."""

from dataclasses import dataclass
from enum import StrEnum

from ac_desktop.model.reasons import ReasonCode


class PauseReason(StrEnum):
    """Why a running relay attempts nothing at the moment."""

    BREATHING = "breathing"
    BUSY = "busy"
    OFFLINE = "offline"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The progress of a relay: counts since its start, donors a second, and seconds left (None while unknown).

    `trouble` is the sentence that says why it ended, `trouble_code` its reason where it has one. `is_interrupted`: it
    continues when its connection is resumed.
    `unconfirmed` donors were sent in bulk and are not found on the list yet.
    """

    running: bool
    sent: int = 0
    failed: int = 0
    held: int = 0
    waiting: int = 0
    unconfirmed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    pause_reason: PauseReason | None = None
    paused_until: float | None = None
    trouble: str = ""
    trouble_code: ReasonCode | None = None
    is_interrupted: bool = False

    @property
    def done(self) -> int:
        """The number of donors this relay has finished."""
        return self.sent + self.failed + self.held

    @property
    def steps_done(self) -> int:
        """The value for a progress bar: donors sent in bulk and not confirmed count as half done."""
        return self.done + self.unconfirmed // 2
