"""Who is changing a donor's record in an office: shown to others, and no lock. A save compares by itself."""

import json
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Editor:
    """A person, and the workstation at which they change a record."""

    person: str
    workstation: str
    owner: str = ""
    """The program that they do it with, where that matters."""


def editors_in(text: str) -> tuple[Editor, ...]:
    """Return the people of a record's `editors`, as the engine lists them."""
    return tuple(Editor(person, workstation, owner) for owner, person, workstation in json.loads(text))


class Editing(Protocol):
    """The records that are being changed. Never on the UI thread. Raise StoreError where the server is away."""

    def begin(self, record_id: int) -> list[Editor]:
        """Show the others that this workstation changes a record; return who else does."""

    def end(self, record_id: int) -> None:
        """Show that it does no more."""

    def others(self, record_id: int) -> list[Editor]:
        """Return who else changes a record."""
