"""Many record IDs in one text: a row per ID would acquire the interpreter's lock a hundred thousand times."""

from array import array
from collections.abc import Sequence
from typing import Any, Final

_DIGITS: Final = 16
_CHUNK_DIGITS: Final = 1 << 17
"""Hexadecimal digits decoded at once: a millisecond, during which other threads wait."""


def encode_ids(sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """Return a query for one text with the `id`s of another query, sixteen hexadecimal digits each.

    SQLite encodes it without the interpreter's lock, so that no other thread waits.
    """
    return f"SELECT group_concat(printf('%0{_DIGITS}x', id), '') FROM (SELECT id FROM ({sql}))", values


def decode_ids(digits: str | None) -> "array[int]":
    """Return the IDs of an encoded text, eight bytes each; empty for None, which SQLite returns without rows."""
    found: array[int] = array("q")
    digits = digits or ""
    for at in range(0, len(digits), _CHUNK_DIGITS):
        part: array[int] = array("q", bytes.fromhex(digits[at : at + _CHUNK_DIGITS]))
        part.byteswap()
        found.extend(part)
    return found
