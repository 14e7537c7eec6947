"""The mark that identifies the record of a report's row: a short text that no spreadsheet reads as a value.

It names the record and how often it had been edited, signed with a key of this data folder: nobody can forge the
mark of another record. Two check letters distinguish a damaged mark from one of another data folder.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import blake2b
from typing import Final

_LETTERS: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No vowels, and no letter or digit that is mistaken for another, so that a mark contains no word and no number."""
_EDITS: Final = 4_096
_SIGNATURE_LENGTH: Final = 8
_CHECK_LENGTH: Final = 2
_BEGIN: Final = "R"
_OTHER_CHARACTERS = re.compile(r"[^0-9A-Za-z]+")
_SHAPE = re.compile(rf"R[{_LETTERS}]{{{_SIGNATURE_LENGTH + _CHECK_LENGTH + 1},24}}")

_AS_WRITTEN = re.compile(rf"R-[{_LETTERS}]+-[{_LETTERS}]{{{_SIGNATURE_LENGTH}}}-[{_LETTERS}]{{{_CHECK_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class MarkedRecord:
    """The record that a mark names, and the number of edits it had when the mark was made."""

    record_id: int
    edits: int


class MarkTrouble(Enum):
    """Why a mark names no record."""

    MISSING = auto()
    DAMAGED = auto()
    FOREIGN = auto()


def mark_of(record_id: int, edits: int, key: bytes) -> str:
    """Return the mark of a record."""
    body = _written(record_id * _EDITS + min(edits, _EDITS - 1))
    signature = _signature(body, key)
    return f"{_BEGIN}-{body}-{signature}-{_check(body + signature)}"


def read_mark(cell: str, key: bytes) -> MarkedRecord | MarkTrouble:
    """Return the record that a cell's mark names, or why it names none; case, spaces and dashes do not matter."""
    text = _bare(cell)
    if not text:
        return MarkTrouble.MISSING
    if not _is_whole(text):
        return MarkTrouble.DAMAGED
    signed = text[len(_BEGIN) : -_CHECK_LENGTH]
    body, signature = signed[:-_SIGNATURE_LENGTH], signed[-_SIGNATURE_LENGTH:]
    if _signature(body, key) != signature:
        return MarkTrouble.FOREIGN
    return MarkedRecord(*divmod(_read(body), _EDITS))


def is_mark(cell: str) -> bool:
    """Whether a cell holds a complete mark as a report writes it, of any data folder."""
    return bool(_AS_WRITTEN.fullmatch(cell.strip())) and _is_whole(_bare(cell))


def _bare(cell: str) -> str:
    return _OTHER_CHARACTERS.sub("", cell).upper()


def _is_whole(text: str) -> bool:
    content, check = text[len(_BEGIN) : -_CHECK_LENGTH], text[-_CHECK_LENGTH:]
    return bool(_SHAPE.fullmatch(text)) and _check(content) == check


def _signature(body: str, key: bytes) -> str:
    digest = blake2b(body.encode(), digest_size=8, key=key, person=b"record mark").digest()
    return _last(int.from_bytes(digest), _SIGNATURE_LENGTH)


def _check(content: str) -> str:
    """Return check letters, which change with any letter left out, mistyped or swapped with its neighbour."""
    return _last(int.from_bytes(blake2b(content.encode(), digest_size=8).digest()), _CHECK_LENGTH)


def _last(number: int, length: int) -> str:
    return _written(number)[-length:].rjust(length, _LETTERS[0])


def _written(number: int) -> str:
    text = ""
    while number:
        number, place = divmod(number, len(_LETTERS))
        text = _LETTERS[place] + text
    return text or _LETTERS[0]


def _read(text: str) -> int:
    number = 0
    for letter in text:
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    return number
