"""Two stores as one, in a file and on a server: what is asked of one is asked of the other, with the same answer."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from ac_desktop.store.queue.claims import Claim
from tests.made_up import POSTGRES, SQLITE, Store

_PARTS: Final = ("queue", "views", "history", "connections", "changes", "database")


class _Twins:
    """A part of two stores; a claim of the first one stands for that of the second one too."""

    def __init__(self, first: Any, second: Any, claims: dict[int, Claim]) -> None:
        self._first, self._second, self._claims = first, second, claims

    def __getattr__(self, name: str) -> Any:
        first, second = getattr(self._first, name), getattr(self._second, name)
        if name in _PARTS:
            return _Twins(first, second, self._claims)

        def both(*values: object, **named: object) -> Any:
            one, other = first(*values, **named), second(*map(self._of_the_second, values), **named)
            if name == "another":
                return _Twins(one, other, self._claims)
            if isinstance(one, Claim) and isinstance(other, Claim):
                self._claims[one.token] = other
            told = _plain(one), _plain(other)
            assert told[0] == told[1], f"{name}{values}: {told[0]} in a file, {told[1]} on a server"
            return one

        return both

    def _of_the_second(self, value: object) -> object:
        return self._claims[value.token] if isinstance(value, Claim) else value


def _plain(answer: object) -> object:
    """Return an answer to be compared: a claim without its token, rows in any order."""
    if isinstance(answer, Claim):
        return replace(answer, token=0)
    if isinstance(answer, list) and answer and hasattr(answer[0], "keys"):
        return sorted(map(tuple, cast(Sequence[Any], answer)), key=repr)
    return tuple(cast(Any, answer)) if hasattr(answer, "keys") else answer


def open_twins(folder: Path) -> Store:
    """Open a store in a file and one on a server, as if they were one."""
    return cast(Store, _Twins(Store(folder / "file", SQLITE), Store(folder / "office", POSTGRES), {}))
