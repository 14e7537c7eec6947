"""How far a move is, and what a person reads of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class MoveStage(StrEnum):
    """What a move is doing. Until it is `FINISHING` it can be cancelled, and leaves everything where it was."""

    PREPARING = "preparing"
    COPYING = "copying"
    COMPARING = "comparing"
    FINISHING = "finishing"


@dataclass(frozen=True)
class MoveProgress:
    """The stage of a move, and the rows that are copied so far of all of them."""

    stage: MoveStage
    done: int = 0
    total: int = 0


Report = Callable[[MoveProgress], None]
"""Is told, on the thread that moves, how far it is."""


def say_nothing(_: MoveProgress) -> None:
    """Do nothing: nobody looks at this move."""
