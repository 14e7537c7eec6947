"""Many records' numbers handed over as one text: a row each would ask for the interpreter a hundred thousand times."""

from array import array
from collections.abc import Sequence
from typing import Any, Final

_DIGITS: Final = 16
_IN_ONE_GO: Final = 1 << 17
"""Hexadecimal digits turned into numbers at once: a millisecond's work, as other threads have to wait for it."""


def encode_ids(sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """Have the numbers that a query gives as `id` written as one text of sixteen hexadecimal digits each.

    SQLite writes it, so that no other thread has to wait for the interpreter meanwhile.
    """
    return f"SELECT group_concat(printf('%0{_DIGITS}x', id), '') FROM (SELECT id FROM ({sql}))", values


def decode_ids(digits: str | None) -> "array[int]":
    """Return the numbers of such a text, eight bytes each; None, as SQLite says where there is no row, holds none."""
    found: array[int] = array("q")
    digits = digits or ""
    for at in range(0, len(digits), _IN_ONE_GO):
        part: array[int] = array("q", bytes.fromhex(digits[at : at + _IN_ONE_GO]))
        part.byteswap()
        found.extend(part)
    return found
