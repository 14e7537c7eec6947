"""The preview of a file: how it was read, which service it is from, and its first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Final

from ac_desktop.importing.detection.detection import Detection, OpenQuestion, asked_questions
from ac_desktop.importing.formats.layout import holds_email, is_blank, starts_trailer
from ac_desktop.importing.formats.table import FileKind, Sheet, Table
from ac_desktop.importing.options import ImportSource
from ac_desktop.importing.profiles.columns import Field, distinct
from ac_desktop.importing.profiles.profiles import ExportProfile
from ac_desktop.importing.values.dates import DateOrder

FIRST_ROWS: Final = 40
SAMPLES: Final = 3
_LONGEST_CELL: Final = 200


class RowKind(StrEnum):
    """What a row of a file is."""

    TITLE = "title"
    HEADER = "header"
    DONOR = "donor"
    BLANK = "blank"
    TRAILER = "trailer"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One of the first rows, with the number a spreadsheet shows for it."""

    number: int
    kind: RowKind
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What is known of a file before its rows are validated; small enough to be sent from another process."""

    name: str
    kind: FileKind
    size: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[Sheet, ...] = ()
    sheet: str = ""
    header_row: int = 0
    header: tuple[str, ...] = ()
    rows: tuple[PreviewRow, ...] = ()
    estimated_rows: int = 0
    samples: tuple[tuple[str, ...], ...] = ()
    recognised_as: str = ""
    profile: str = ""
    profiles: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    columns: Mapping[Field, int] = field(default_factory=dict)
    date_order: DateOrder = DateOrder.UNKNOWN
    not_relayed: tuple[str, ...] = ()
    fingerprint: str = ""
    needs_page: bool = False

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """The questions that a person has to answer; the others are only shown."""
        return asked_questions(self.questions)


def preview_of(
    source: ImportSource, table: Table, detection: Detection, profiles: Sequence[ExportProfile], *, needs_page: bool
) -> Preview:
    """Return what the import pages show of a file; `profiles` are those that could be chosen instead."""
    size = table.file.state.size if table.file is not None else len(source.text.encode(errors="replace"))
    return Preview(
        name=table.file_name,
        kind=table.kind,
        size=size,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheets=table.sheets,
        sheet=table.sheet,
        header_row=table.header_row,
        header=distinct(table.header),
        rows=tuple(_first_rows(table)),
        estimated_rows=_estimated_rows(table, 0 if source.member else size),
        samples=tuple(_samples(table, place) for place in range(len(table.header))),
        recognised_as=detection.label,
        profile=detection.name,
        profiles=tuple((one.name, one.label) for one in profiles),
        evidence=detection.evidence,
        questions=detection.open_questions,
        columns=dict(detection.columns),
        date_order=detection.date_order,
        not_relayed=detection.not_relayed,
        fingerprint=detection.fingerprint,
        needs_page=needs_page,
    )


def _first_rows(table: Table) -> list[PreviewRow]:
    rows, in_trailer = [], False
    if table.opened.header is not None:
        return [PreviewRow(row.number, RowKind.DONOR, _short(row.cells)) for row in table.sample[:FIRST_ROWS]]
    for number, cells in enumerate(islice(table.opened.grid.cells(), FIRST_ROWS), 1):
        in_trailer = number > table.header_row and (starts_trailer(cells or ("",)) or in_trailer)
        if number == table.header_row:
            kind = RowKind.HEADER
        elif number < table.header_row:
            kind = RowKind.TITLE
        elif is_blank(cells):
            kind = RowKind.BLANK
        elif in_trailer and not holds_email(cells):
            kind = RowKind.TRAILER
        else:
            kind = RowKind.DONOR
        rows.append(PreviewRow(number, kind, _short(cells)))
    return rows


def _short(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell[:_LONGEST_CELL] for cell in cells)


def _estimated_rows(table: Table, size: int) -> int:
    """Estimate the number of rows, for the time left: exact for workbooks, by the length of the first rows for text."""
    if table.kind is FileKind.WORKBOOK:
        return next((sheet.rows for sheet in table.sheets if sheet.name == table.sheet), 0)
    if not size or table.kind is not FileKind.DELIMITED or not table.sample:
        return 0
    wide = 2 if "16" in table.encoding else 4 if "32" in table.encoding else 1
    length = sum(sum(map(len, row.cells)) + len(row.cells) for row in table.sample)
    return round(size / wide / (length / len(table.sample)))


def _samples(table: Table, place: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.sample:
        if place < len(row.cells) and row.cells[place].strip():
            found[row.cells[place].strip()[:_LONGEST_CELL]] = None
            if len(found) == SAMPLES:
                break
    return tuple(found)
