"""Records as the store gives them out and takes them in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, RecordState, Step

_UNIT: Final = "\x1f"
_AS_JSON: Final = "\x1e"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A checked row on its way into the queue; `cells` is the row as the file had it.

    `warnings` is JSON that the checkers understand, `row_hash` the mark by which an unchanged row is known again.
    """

    row: int
    donor: Donor
    state: RecordState
    reason: Reason | None = None
    cells: tuple[str, ...] = ()
    donation_id: str = ""
    donated_at: str = ""
    warnings: str | None = None
    row_hash: int | None = None


Standing = tuple[str, str, str, str, str, str | None, str | None]
"""Source, page, page name, team, state, and as JSON the reason and the warnings: what many rows share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRows:
    """Checked rows that follow each other on their way into the queue, a value a row in each column.

    `cells` are packed rows as the file had them, `row_hashes` the marks by which unchanged rows are known again.
    """

    rows: Sequence[int]
    emails: Sequence[str]
    phones: Sequence[str]
    first_names: Sequence[str]
    last_names: Sequence[str]
    standings: Sequence[Standing]
    donation_ids: Sequence[str]
    donated_at: Sequence[str]
    row_hashes: Sequence[int | None]
    cells: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class BatchSource:
    """Where a batch comes from: a file, a paste or a typed entry."""

    kind: str
    file_name: str = ""
    sheet: str = ""
    sha256: str = ""
    fingerprint: str = ""
    header: tuple[str, ...] = ()
    recognised_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the queue, as lists show it. Times are seconds since the epoch.

    `tries` are the passing failures that its next wait is reckoned by, `attempts` all attempts there have been.
    """

    id: int
    connection_id: int
    batch_id: int
    file_name: str
    sheet: str
    row: int
    donor: Donor
    state: RecordState
    step: Step
    contact_id: str | None
    was_new: bool | None
    tries: int
    next_try_at: float
    cause: Cause | None
    reason: Reason | None
    changed_at: float
    warnings: str = ""
    attempts: int = 0


@dataclass(frozen=True)
class StateCounts:
    """How many records stand in each state."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    held: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def rows(self) -> int:
        """All of them."""
        return self.waiting + self.sending + self.sent + self.held + self.skipped + self.failed

    def of(self, state: RecordState) -> int:
        """Return the number in one state."""
        return int(getattr(self, state.value))


def pack_cells(cells: Sequence[str]) -> str:
    """Put a row's cells into one text: joined by unit separators, as JSON where a cell holds one or half a sign."""
    text = _UNIT.join(cells)
    if text.count(_UNIT) == len(cells) - 1 and not text.startswith(_AS_JSON) and _is_storable(text):
        return text
    return _AS_JSON + json.dumps(cells)


def pack_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Pack many rows, each as `pack_cells` would."""
    texts = list(map(_UNIT.join, rows))
    together = "".join(texts)
    is_plain = together.count(_UNIT) == sum(map(len, rows)) - len(rows) and _AS_JSON not in together and all(rows)
    return texts if is_plain and _is_storable(together) else list(map(pack_cells, rows))


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """Return a text the database takes: half a sign, as in a file name of another encoding, becomes a question mark."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def unpack_cells(text: str) -> tuple[str, ...]:
    """Return the cells that `pack_cells` took."""
    if text.startswith(_AS_JSON):
        return tuple(json.loads(text[1:]))
    return tuple(text.split(_UNIT))
