"""Where a workstation is, as its person reads it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfficePlace:
    """An office by its name, and the name and the person of a workstation in it."""

    office: str
    workstation: str
    person: str
