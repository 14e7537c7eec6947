"""Records as the store returns and accepts them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import TYPE_CHECKING, Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, RecordState, Step
from ac_desktop.store.ports import Database, Row

if TYPE_CHECKING:
    from ac_desktop.model.editor import Editor

_SEPARATOR: Final = "\x1f"
_JSON_PREFIX: Final = "\x1e"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A validated row to be queued; `cells` is the row as in the file.

    `warnings` is JSON of the validators, `row_hash` identifies an unchanged row.
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


SharedValues = tuple[str, str, str, str, str, str | None, str | None]
"""Source, page, page name, team, state, and as JSON the reason and the warnings: values that many rows share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRows:
    """Consecutive validated rows to be queued, as columns with a value per row.

    `cells` are encoded rows as in the file, `row_hashes` identify unchanged rows.
    """

    rows: Sequence[int]
    emails: Sequence[str]
    phones: Sequence[str]
    first_names: Sequence[str]
    last_names: Sequence[str]
    shared_values: Sequence[SharedValues]
    donation_ids: Sequence[str]
    donated_at: Sequence[str]
    row_hashes: Sequence[int | None]
    cells: Sequence[str]


def joined(parts: Sequence[NewRows]) -> NewRows:
    """Return the rows of several parts, one after the other."""
    if len(parts) == 1:
        return parts[0]
    columns = {one.name: [*chain.from_iterable(getattr(part, one.name) for part in parts)] for one in fields(NewRows)}
    return NewRows(**columns)


@dataclass(frozen=True, kw_only=True)
class BatchSource:
    """The source of a batch: a file, a paste, a fetch (its days are the file name) or a typed entry."""

    kind: str
    file_name: str = ""
    sheet: str = ""
    sha256: str = ""
    fingerprint: str = ""
    header: tuple[str, ...] = ()
    recognised_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the queue. Times are seconds since the epoch.

    `tries` are the passing failures that determine its next wait, `attempts` the number of all attempts. `editors` are
    the people who are changing it in an office, of all programs.
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
    editors: "tuple[Editor, ...]" = ()


@dataclass(frozen=True)
class StateCounts:
    """The number of records in each state."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    held: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def rows(self) -> int:
        """The sum of all states."""
        return self.waiting + self.sending + self.sent + self.held + self.skipped + self.failed

    def of(self, state: RecordState) -> int:
        """Return the number in one state."""
        return int(getattr(self, state.value))


def encode_cells(cells: Sequence[str]) -> str:
    """Return a row's cells as one text: joined by unit separators, as JSON where a cell has one or a lone surrogate."""
    text = _SEPARATOR.join(cells)
    if text.count(_SEPARATOR) == len(cells) - 1 and not text.startswith(_JSON_PREFIX) and _is_storable(text):
        return text
    return _JSON_PREFIX + json.dumps(cells)


def encode_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return many rows as texts, each as by `encode_cells`."""
    texts = list(map(_SEPARATOR.join, rows))
    together = "".join(texts)
    is_plain = (
        together.count(_SEPARATOR) == sum(map(len, rows)) - len(rows) and _JSON_PREFIX not in together and all(rows)
    )
    return texts if is_plain and _is_storable(together) else list(map(encode_cells, rows))


def _is_storable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """Return a text that can be stored: lone surrogates, as in file names of other encodings, become question marks."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def decode_cells(text: str) -> tuple[str, ...]:
    """Return the cells of a text by `encode_cells`."""
    if text.startswith(_JSON_PREFIX):
        return tuple(json.loads(text[1:]))
    return tuple(text.split(_SEPARATOR))


def donor_of(row: Row) -> Donor:
    """Return the donor of a row with all of a record's columns about a donor."""
    return Donor(
        email=row["email"],
        phone=row["phone"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        page=row["page"],
        page_name=row["page_name"],
        team=row["team"],
        source=row["source"],
    )


LOADED: Final = "batch_id NOT IN (SELECT id FROM batch WHERE loading_owner IS NOT NULL)"
"""True of records whose batch is closed: the others are still being imported."""


def state_counts(database: Database, connection_id: int) -> StateCounts:
    """Return a connection's records by state."""
    rows = database.rows(
        f"SELECT state, SUM(number) AS number FROM tally WHERE connection_id = ? AND {LOADED} GROUP BY state",
        (connection_id,),
    )
    return StateCounts(**{str(row["state"]): int(row["number"]) for row in rows})


def unfinished(database: Database) -> dict[int, tuple[int, int]]:
    """Return for each connection how many records wait, and how many are being sent."""
    rows = database.rows(
        "SELECT connection_id, SUM(CASE WHEN state = 'waiting' THEN number ELSE 0 END) AS waiting,"
        f" SUM(CASE WHEN state = 'sending' THEN number ELSE 0 END) AS sending FROM tally WHERE {LOADED}"
        " GROUP BY connection_id"
    )
    return {int(row["connection_id"]): (int(row["waiting"]), int(row["sending"])) for row in rows}


def batch_state_counts(database: Database, batch_id: int) -> StateCounts:
    """Return a batch's records by state."""
    rows = database.rows(
        "SELECT state, number FROM tally WHERE batch_id = ? AND connection_id ="
        " (SELECT connection_id FROM batch WHERE id = ?)",
        (batch_id, batch_id),
    )
    return StateCounts(**{str(row["state"]): int(row["number"]) for row in rows})
