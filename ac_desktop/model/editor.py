"""A person who is changing a donor's record in an office."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Editor:
    """A person, and the workstation at which they change a record."""

    person: str
    workstation: str
    owner: str = ""
    """The program that they do it with, where that matters."""


def editors_in(text: str) -> tuple[Editor, ...]:
    """Return the people of a record's `editors`, as an engine lists them."""
    return tuple(Editor(person, workstation, owner) for owner, person, workstation in json.loads(text))
