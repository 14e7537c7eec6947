"""Writes records to a CSV file that a person can correct and import again."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO

from ac_desktop.importing.corrections.corrected_columns import donor_headings
from ac_desktop.importing.corrections.edits import shown
from ac_desktop.importing.corrections.record_marks import mark_of
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.columns import Field, by_heading, normalised
from ac_desktop.importing.profiles.report_columns import ReportColumn, escaped, is_own_column, shown_heading
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.donor import Donor, clean_text
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.platform.long_paths import reachable
from ac_desktop.platform.private_files import replacing
from ac_desktop.store.history.history import History
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue.corrections import Corrections
from ac_desktop.store.queue.record_reader import PAGE, RecordReader, SourceRow
from ac_desktop.store.queue.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A row of a report: its mark, the donor to correct, the reason, who can fix it, and the original row."""

    mark: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0
    state: str = ""
    reason: str = ""
    who: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    page: str = ""
    contact_id: str = ""
    status: str = ""
    response: str = ""
    original: Mapping[str, str] = field(default_factory=dict)

    def marks(self) -> list[str]:
        """Return the report's own cells, in the order of its own columns."""
        return [
            self.mark,
            self.file,
            self.sheet,
            str(self.row or ""),
            self.state,
            self.reason,
            self.who,
            self.email,
            self.first_name,
            self.last_name,
            self.phone,
            self.page,
            self.contact_id,
            self.status,
            self.response,
        ]


def write_report(path: Path, rows: Iterable[ReportRow]) -> int:
    """Write the rows as CSV in the encoding that spreadsheets expect, and return their number.

    One row is in memory at a time. The file is written atomically. Raises ImportFileError, whose text is a
    sentence for the person.
    """
    path = reachable(path)
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=path.parent) as spool:
            columns, number = _spool(spool, rows)
            spool.seek(0)
            _write(path, [*ReportColumn, *columns], map(json.loads, spool))
    except OSError as error:
        raise _unwritten(path, error) from error
    return number


def _spool(spool: IO[str], rows: Iterable[ReportRow]) -> tuple[list[str], int]:
    """Spool the rows to disk until all their columns are known; returns the columns in the order of appearance."""
    places: dict[str, int] = {}
    number = 0
    for row in rows:
        number += 1
        for name in row.original:
            places.setdefault(name, len(places))
        cells = [*row.marks(), *(row.original.get(name, "") for name in places)]
        spool.write(json.dumps(cells) + "\n")
    return list(places), number


def _write(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(escaped(header))
        writer.writerows(escaped([*row, *[""] * (len(header) - len(row))]) for row in rows)
        text.detach()


def _unwritten(path: Path, error: OSError) -> ImportFileError:
    return ImportFileError(
        tr(
            "The report “{name}” couldn't be saved ({detail}). Close it in other programs, or choose another folder.",
            name=path.name,
            detail=error.strerror or error,
        )
    )


LONGEST_RESPONSE = 2_000
"""The characters of a response that a report's cell holds."""


class ReportSource:
    """Reads a connection's records for a report, page by page."""

    def __init__(self, views: RecordReader, history: History, corrections: Corrections, row_hashes: RowHashes) -> None:
        self._views = views
        self._history = history
        self._corrections = corrections
        self._row_hashes = row_hashes

    def of_states(self, connection_id: int, states: Sequence[RecordState]) -> Iterator[ReportRow]:
        """Return the records in these states, in the order in which they were queued, a page at a time."""
        of_each = (self._views.all_records(connection_id, state) for state in states)
        yield from self._rows(merge(*of_each, key=attrgetter("id")))

    def of(self, record_ids: Sequence[int]) -> Iterator[ReportRow]:
        """Return these records, in the order given, a page at a time."""
        pages = (list(record_ids[first : first + PAGE]) for first in range(0, len(record_ids), PAGE))
        yield from self._rows(record for page in pages for record in self._views.by_ids(page))

    def _rows(self, records: Iterator[Record]) -> Iterator[ReportRow]:
        key, corrected = self._row_hashes.key(), donor_headings()
        while page := list(islice(records, PAGE)):
            numbers = [record.id for record in page]
            sources, steps = self._views.source_rows(numbers), self._history.last_steps(numbers)
            edits = self._corrections.edit_counts(numbers)
            for record in page:
                mark = mark_of(record.id, edits.get(record.id, 0), key)
                original = _original(record.donor, sources.get(record.id), corrected)
                yield _row(record, mark, original, steps.get(record.id))


def _original(donor: Donor, source: SourceRow | None, corrected: Mapping[str, Field]) -> Mapping[str, str]:
    """Return the original row without the values of the donor's own columns, so that each value is shown once."""
    if source is None:
        return {}
    known = {clean_text(donor.email).casefold()} - {""}
    return {
        shown_heading(heading): cell
        for heading, cell in by_heading(source.header, source.cells).items()
        if not is_own_column(heading)
        and normalised(heading) not in corrected
        and clean_text(cell).casefold() not in known
    }


def _row(record: Record, mark: str, original: Mapping[str, str], last: StepLog | None) -> ReportRow:
    donor = record.donor
    return ReportRow(
        mark=mark,
        file=record.file_name,
        sheet=record.sheet,
        row=record.row,
        state=record.state.value,
        reason=record.reason.text if record.reason else "",
        who=responsible_text(record.reason.who) if record.reason else "",
        email=donor.email,
        first_name=donor.first_name,
        last_name=donor.last_name,
        phone=donor.phone,
        page=shown(donor, "page"),
        contact_id=record.contact_id or "",
        status=str(last.status or last.trouble) if last else "",
        response=last.response[:LONGEST_RESPONSE] if last else "",
        original=original,
    )
