"""Takes one person's address out of texts, requests and answers, and leaves longer addresses that hold it alone."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from ac_desktop.model.attempts import StepLog
from ac_desktop.store.history.step_codec import pack_steps, unpack_steps

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Reads rows of a database: `Database.rows`, or the same on a copy."""
ERASED: Final = "[erased]"
_BEFORE: Final = r"(?<![\w.+%-])(?<!\w')"
_AFTER: Final = r"(?:(?=\.(?:csv|tsv|txt|xlsx?|ods|zip|json)\b)|(?![\w-]|\.\w))"
"""A file can be named after an address; any other ending makes a longer address."""


class AddressMask:
    """Replaces an address, however it is spelled: in any case, and as JSON and web addresses write it."""

    def __init__(self, email: str) -> None:
        spellings = {email, json.dumps(email)[1:-1], quote(email, safe=""), quote(email, safe="@")}
        pattern = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
        self._find = re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE)
        self.email = email
        self.parts: tuple[str, ...] = tuple(sorted({spelling.lower() for spelling in spellings}))
        """What a text that holds the address holds for sure, in small letters; to look for before masking."""

    def __call__(self, text: str) -> str:
        """Return the text without the address."""
        return self._find.sub(ERASED, text)

    def steps(self, packed: bytes) -> bytes:
        """Return an attempt's packed steps without the person: of a bulk request, their whole contact."""
        steps = unpack_steps(packed)
        masked = tuple(map(self._step, steps))
        return packed if masked == steps else pack_steps(masked)

    def _step(self, step: StepLog) -> StepLog:
        return replace(
            step,
            path=self(step.path),
            response=self(step.response),
            trouble=self(step.trouble),
            request=self._value(step.request),
        )

    def _value(self, value: Any) -> Any:  # noqa: ANN401  JSON
        if isinstance(value, dict):
            if str(value.get("email", "")).casefold() == self.email.casefold():
                return {"email": ERASED}
            return {name: self._value(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._value(part) for part in value]
        return self(value) if isinstance(value, str) else value


_AT_ONCE: Final = 200
_NO_DONORS: Final = frozenset({"account", "connection", "secret", "setting", "tally", "team", "watched_folder"})
"""Tables of what people set up; no donor is in them."""


@dataclass(frozen=True)
class MaskedText:
    """Rows of one column that hold the address, or whose packed steps may."""

    table: str
    column: str
    rowids: Sequence[int]

    def make(self, sql: sqlite3.Connection, mask: AddressMask) -> int:
        """Mask the rows within the caller's transaction; returns how many were changed."""
        masked = _MASKS.get((self.table, self.column), _masked_text)
        changed = 0
        for rowid in self.rowids:
            row = sql.execute(f"SELECT {self.column} FROM {self.table} WHERE rowid = ?", (rowid,)).fetchone()
            after = masked(row[0], mask) if row is not None and row[0] is not None else None
            if after is not None and after != row[0]:
                sql.execute(f"UPDATE {self.table} SET {self.column} = ? WHERE rowid = ?", (after, rowid))
                changed += 1
        return changed


def texts_with(rows: Rows, mask: AddressMask) -> Iterator[MaskedText]:
    """Give, a portion at a time, every text of every table with the address's letters, whatever tables there are."""
    for (table,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'", ()):
        if table in _NO_DONORS or table.startswith("sqlite_"):
            continue
        for column in [row[1] for row in rows(f"PRAGMA table_info({table})", ()) if row[2] == "TEXT"]:
            holds = " OR ".join(f"instr(lower({column}), ?)" for _ in mask.parts)
            yield from _portions(table, column, rows(f"SELECT rowid FROM {table} WHERE {holds}", mask.parts))


def changes(rows: Rows, mask: AddressMask) -> Iterator[MaskedText]:
    """Give, a portion at a time, every text with the address's letters, and all that is packed."""
    yield from texts_with(rows, mask)
    yield from _portions("attempt", "steps", rows("SELECT id FROM attempt WHERE donors > 1", ()))
    yield from _portions("bulk_batch", "steps", rows("SELECT id FROM bulk_batch WHERE steps IS NOT NULL", ()))
    yield from _portions("bin", "kept", rows("SELECT id FROM bin WHERE belongs_to = 'attempt'", ()))


def _portions(table: str, column: str, found: list[tuple[Any, ...]]) -> Iterator[MaskedText]:
    for first in range(0, len(found), _AT_ONCE):
        yield MaskedText(table, column, [row[0] for row in found[first : first + _AT_ONCE]])


def _masked_text(text: str, mask: AddressMask) -> str:
    return mask(text)


def _masked_steps(packed: bytes, mask: AddressMask) -> bytes:
    return mask.steps(packed)


def _masked_bin(text: str, mask: AddressMask) -> str:
    """Mask what the bin holds of a row; an attempt's steps lie in it as hexadecimal digits."""
    kept = json.loads(mask(text))
    if "steps" not in kept:
        return mask(text)
    kept["steps"] = mask.steps(bytes.fromhex(kept["steps"])).hex().upper()
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


_MASKS: Final[dict[tuple[str, str], Callable[[Any, AddressMask], object]]] = {
    ("attempt", "steps"): _masked_steps,
    ("bulk_batch", "steps"): _masked_steps,
    ("bin", "kept"): _masked_bin,
}
