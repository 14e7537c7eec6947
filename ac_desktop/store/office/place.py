"""Where a workstation is, and who else is there, as its person reads it."""

from dataclasses import dataclass
from typing import Final

SEEN_WITHIN: Final = 30
"""Seconds after which a workstation whose program is not seen any more counts as offline."""


@dataclass(frozen=True)
class SeenWorkstation:
    """A workstation of an office, with the IDs of the connections that it relays; one that is there is not offline."""

    name: str
    person: str
    relaying: tuple[int, ...] = ()
    offline_since: float | None = None


@dataclass(frozen=True)
class OfficePresence:
    """The office's own name, "" where it has none, and who is there.

    `round_trip` are the seconds that the server last took to answer, None where that is not known.
    """

    name: str = ""
    workstations: tuple[SeenWorkstation, ...] = ()
    round_trip: float | None = None
    is_closed: bool = False
    """Whether the office's queue was moved out of it: it is read, and nothing is sent."""


@dataclass(frozen=True)
class OfficePlace:
    """An office by its name, the name and the person of a workstation in it, and who is there."""

    office: str
    workstation: str
    person: str
    seen: OfficePresence = OfficePresence()

    @property
    def is_closed(self) -> bool:
        """Whether the office's queue was moved out of it: it is read, and nothing is sent."""
        return self.seen.is_closed

    def is_here(self, one: SeenWorkstation) -> bool:
        """Whether it is this workstation."""
        return (one.name, one.person) == (self.workstation, self.person)

    def relayed_by(self, connection_id: int) -> SeenWorkstation | None:
        """Return another workstation that relays a connection; None where none does."""
        others = (one for one in self.seen.workstations if not self.is_here(one) and connection_id in one.relaying)
        return next(others, None)
