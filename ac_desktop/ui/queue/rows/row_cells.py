"""What a cell of the queue's rows shows, read in one call: Qt would ask role by role."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import QueueColumn

_LABELS: Final = {QueueColumn.CONTACT: columns.contact_label, QueueColumn.LIST: columns.list_label}
_ASKS_FOR_SOMEBODY: Final = frozenset({RecordState.HELD, RecordState.FAILED, RecordState.WAITING})
"""The states whose reasons are in the color of text, as somebody may have to do something."""


class CellKind(Enum):
    """How a cell is painted."""

    PILL = "pill"
    LINES = "lines"
    WRAPPED = "wrapped"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class RowCell:
    """What a cell shows; a quiet one is in the color of second lines."""

    kind: CellKind
    first: str = ""
    second: str = ""
    label: StateLabel | None = None
    is_quiet: bool = False


NO_CELL: Final = RowCell(CellKind.LINES)


def row_cell(record: Record, column: QueueColumn, now: float, *, is_dimmed: bool = False) -> RowCell:
    """Return a record's cell in a column; a dimmed one has left the rows that are shown."""
    match column:
        case QueueColumn.STATE:
            return RowCell(CellKind.PILL, label=formatting.record_label(record.state), is_quiet=is_dimmed)
        case QueueColumn.CONTACT | QueueColumn.LIST:
            return RowCell(CellKind.PILL, label=_LABELS[column](record), is_quiet=is_dimmed)
        case QueueColumn.REASON:
            is_quiet = is_dimmed or (record.state not in _ASKS_FOR_SOMEBODY and not record.editors)
            return RowCell(CellKind.WRAPPED, columns.text(record, column, now), is_quiet=is_quiet)
        case _:
            first, second = columns.lines(record, column, now)
            kind = CellKind.FIGURES if column in columns.RIGHT else CellKind.LINES
            is_quiet = is_dimmed or column is not QueueColumn.DONOR
            return RowCell(kind, first, second, is_quiet=is_quiet)
