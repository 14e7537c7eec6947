"""The duty of an account: which workstation of an office does what exactly one of them should do.

No rule depends on it. Two that hold it at once, as one is cut off, do the same work twice at worst; what must not
happen twice is guarded by claims.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

DUTY_LASTS: Final = 30.0
"""Seconds after which another workstation may take a duty that was not renewed."""


class DutyWish(IntEnum):
    """Why a workstation takes a duty; a stronger wish takes it from a weaker one."""

    ANYONE = 0
    """It has something to do: whoever comes first keeps the duty while that lasts."""
    HERE = 1
    """A person chose this workstation, the last choice counts."""
    SERVICE = 2
    """It is a service of the office, which goes first."""


@dataclass(frozen=True)
class DutyHolder:
    """The workstation that has a duty, its person, and by which wish."""

    workstation: str
    person: str
    wish: DutyWish


class Duties(Protocol):
    """The duties of one process, and which relays are under way in it.

    Never on the UI thread. Raise StoreError where the office's server cannot be reached.
    """

    @property
    def is_shared(self) -> bool:
        """Whether other workstations may have duties."""

    def take(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> bool:
        """Take the duty of an account, or keep it; return whether it is ours now."""

    def holder(self, account: str) -> DutyHolder | None:
        """Return the other workstation that has a duty, as it was known when it was last taken in vain."""

    def leave(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> None:
        """Leave a duty that was taken by this wish to others, unless a relay of the account is under way here."""

    def relay_begins(self, connection_id: int, account: str) -> None:
        """Show that a relay of a connection is under way here, and take the account's duty where it is free."""

    def relay_ends(self, connection_id: int, account: str) -> None:
        """Show that it has ended; a duty that nobody chose is given back."""

    def is_left_to_another(self, connection_id: int, account: str) -> bool:
        """Whether another workstation has the duty and relays the connection, so that its work is left to it."""

    def close(self) -> None:
        """Leave all duties to others."""


class OwnDuties:
    """The duties of a store that no other workstation uses: they are always ours."""

    is_shared: Final = False

    def take(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> bool:  # noqa: ARG002  nobody else could have it
        """Return that it is ours."""
        return True

    def holder(self, account: str) -> DutyHolder | None:  # noqa: ARG002  nobody else could have it
        """Return that no other one has it."""
        return None

    def leave(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> None:
        """Do nothing."""

    def relay_begins(self, connection_id: int, account: str) -> None:
        """Do nothing."""

    def relay_ends(self, connection_id: int, account: str) -> None:
        """Do nothing."""

    def is_left_to_another(self, connection_id: int, account: str) -> bool:  # noqa: ARG002  there is no other one
        """Return that it is not."""
        return False

    def close(self) -> None:
        """Do nothing."""
