"""How a relay goes, as it is told to people."""

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
    """How a relay goes: counts since it began, donors a second, and honest time left (None while unknown).

    `trouble` is the sentence that says why it ended, `trouble_code` its reason where it has one. `is_interrupted`: it
    goes on when its connection is resumed.
    `unconfirmed` donors went in bulk and wait until the list, read back, shows them.
    """

    running: bool
    sent: int = 0
    failed: int = 0
    held: int = 0
    waiting: int = 0
    unconfirmed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    resting: PauseReason | None = None
    resting_until: float | None = None
    trouble: str = ""
    trouble_code: ReasonCode | None = None
    is_interrupted: bool = False

    @property
    def done(self) -> int:
        """How many donors this relay is done with."""
        return self.sent + self.failed + self.held

    @property
    def steps_done(self) -> int:
        """How far it is, for a bar: whoever went in bulk and is not confirmed counts as half done."""
        return self.done + self.unconfirmed // 2
