"""Where a workstation is, as its person reads it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfficePlace:
    """An office by its name, and the name and the person of a workstation in it."""

    office: str
    workstation: str
    person: str
    is_closed: bool = False
    """Whether the office's queue was moved out of it: it is read, and nothing is sent."""
