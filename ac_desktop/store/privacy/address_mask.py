"""Masking of one person's address in texts, requests and responses, but not within longer addresses."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from ac_desktop.model.attempts import StepLog
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.ports import Sql

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Reads rows of a database: `Database.rows`, or its like on a copy."""
ERASED: Final = "[erased]"
_BEFORE: Final = r"(?<![\w.+%-])(?<!\w')"
_AFTER: Final = r"(?:(?=\.(?:csv|tsv|txt|xlsx?|ods|zip|json)\b)|(?![\w-]|\.\w))"
"""A file can be named after an address; any other ending makes a longer address."""


class AddressMask:
    """Replaces an address in every spelling: in any case, and as JSON and URLs encode it."""

    def __init__(self, email: str) -> None:
        spellings = {email, json.dumps(email)[1:-1], quote(email, safe=""), quote(email, safe="@")}
        pattern = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
        self._find = re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE)
        self.email = email
        self.parts: tuple[str, ...] = tuple(sorted({spelling.lower() for spelling in spellings}))
        """The spellings in lower case, one of which every text with the address contains; to search before masking."""

    def __call__(self, text: str) -> str:
        """Return the text with the address masked."""
        return self._find.sub(ERASED, text)

    def steps(self, encoded: bytes) -> bytes:
        """Return an attempt's encoded steps with the person masked; in a bulk request, their whole contact."""
        steps = decode_steps(encoded)
        masked = tuple(map(self._step, steps))
        return encoded if masked == steps else encode_steps(masked)

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


_CHUNK: Final = 200
_NO_DONORS: Final = frozenset({"account", "connection", "secret", "setting", "tally", "team", "watched_folder"})
"""Tables of settings, which contain no donors."""


@dataclass(frozen=True)
class MaskedText:
    """Rows of one column that contain the address, or whose encoded steps may."""

    table: str
    column: str
    rowids: Sequence[int]

    def apply(self, sql: Sql, mask: AddressMask) -> int:
        """Mask the rows within the caller's transaction; return how many were changed."""
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
    """Yield, in chunks, the rows of every table whose texts contain the address's letters."""
    for (table,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'", ()):
        if table in _NO_DONORS or table.startswith("sqlite_"):
            continue
        for column in [row[1] for row in rows(f"PRAGMA table_info({table})", ()) if row[2] == "TEXT"]:
            holds = " OR ".join(f"instr(lower({column}), ?)" for _ in mask.parts)
            yield from _chunks(table, column, rows(f"SELECT rowid FROM {table} WHERE {holds}", mask.parts))


def changes(rows: Rows, mask: AddressMask) -> Iterator[MaskedText]:
    """Yield, in chunks, every text with the address's letters, and all encoded steps."""
    yield from texts_with(rows, mask)
    yield from _chunks("attempt", "steps", rows("SELECT id FROM attempt WHERE donors > 1", ()))
    yield from _chunks("bulk_batch", "steps", rows("SELECT id FROM bulk_batch WHERE steps IS NOT NULL", ()))
    yield from _chunks("bin", "kept", rows("SELECT id FROM bin WHERE belongs_to = 'attempt'", ()))


def _chunks(table: str, column: str, found: list[tuple[Any, ...]]) -> Iterator[MaskedText]:
    for first in range(0, len(found), _CHUNK):
        yield MaskedText(table, column, [row[0] for row in found[first : first + _CHUNK]])


def _masked_text(text: str, mask: AddressMask) -> str:
    return mask(text)


def _masked_steps(encoded: bytes, mask: AddressMask) -> bytes:
    return mask.steps(encoded)


def _masked_bin(text: str, mask: AddressMask) -> str:
    """Return a removed row's JSON masked; an attempt's steps are hexadecimal digits in it."""
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
