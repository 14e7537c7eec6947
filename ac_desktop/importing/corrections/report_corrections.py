"""A report that is imported again: each corrected row replaces its record, and no other row changes anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from ac_desktop.importing.corrections.corrected_columns import ReportColumns, SourceRowKey, is_same
from ac_desktop.importing.corrections.edits import FIELDS, shown
from ac_desktop.importing.corrections.record_marks import MarkedRecord, MarkTrouble, is_mark, read_mark
from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.profiles.columns import by_heading
from ac_desktop.importing.validation.row_validator import ValidatedRow, validate_donor
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reason_codes import FOUND_BY_VALIDATION, OF_ONE_ADDRESS
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.corrections import Corrections, Link, Target, correction_refusal

_BATCH_ROWS: Final = 500
_TROUBLES: Final = {
    MarkTrouble.MISSING: ReasonCode.MARK_MISSING,
    MarkTrouble.DAMAGED: ReasonCode.MARK_DAMAGED,
    MarkTrouble.FOREIGN: ReasonCode.MARK_FOREIGN,
}
_FIELDS_TO_MATCH: Final = 3
"""Fields that must agree before a row of an older report is matched to one of several records of its source row."""


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """A row that was corrected, or whose correction cannot be applied; `link` names the record it replaces."""

    checked: ValidatedRow
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class _MarkedRow:
    """A row, and the record that it names or why it names none."""

    number: int
    cells: Sequence[str]
    named: MarkedRecord | ReasonCode


class ReportReader:
    """Reads a report of one connection for what was corrected; `uncorrected` counts the rows that change nothing."""

    def __init__(self, table: Table, connection: Connection, corrections: Corrections, key: bytes) -> None:
        self._table = table
        self._columns = ReportColumns.of(table.header)
        self._connection = connection
        self._corrections = corrections
        self._key = key
        self.uncorrected = 0

    def rows(self) -> Iterator[CorrectedRow]:
        """Return the rows that were corrected or whose correction cannot be applied.

        Raises ImportFileError where the report is of another data folder or connection, or has no marks.
        """
        self.uncorrected = 0
        if self._columns.mark is None and not self._columns.corrected:
            raise _report_without_marks(self._table.file_name)
        times = self._count_records()
        for some in _batches(self._table.numbered()):
            yield from self._apply(self._read_marks(some), times)

    def _count_records(self) -> Counter[int]:
        """Count how often each record is named, and refuse a report wholly of another data folder or connection."""
        times: Counter[int] = Counter()
        rows, foreign = 0, 0
        other_owners: Counter[int] = Counter()
        for some in _batches(self._table.numbered()):
            marked = self._read_marks(some)
            ids = [row_read.named.record_id for row_read in marked if isinstance(row_read.named, MarkedRecord)]
            owners = self._corrections.connections_of(ids)
            times.update(ids)
            other_owners.update(owners[number] for number in ids if number in owners)
            foreign += sum(row_read.named is ReasonCode.MARK_FOREIGN for row_read in marked)
            rows += len(marked)
        if rows and foreign == rows:
            raise _report_of_another_folder(self._table.file_name)
        other_owners.pop(self._connection.id, None)
        if rows and other_owners.total() == rows:
            raise _report_of_another_connection(self._table.file_name)
        return times

    def _read_marks(self, rows: Iterable[tuple[int, Sequence[str]]]) -> list[_MarkedRow]:
        if self._columns.mark is None:
            return self._match_by_source_row(list(rows))
        at = self._columns.mark
        read = ((number, cells, read_mark(cells[at] if at < len(cells) else "", self._key)) for number, cells in rows)
        return [
            _MarkedRow(number, cells, _TROUBLES[named] if isinstance(named, MarkTrouble) else named)
            for number, cells, named in read
        ]

    def _match_by_source_row(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[_MarkedRow]:
        """Find the records of an older report's rows by the file and the row that they came from."""
        places = {number: self._columns.source_row_key(cells) for number, cells in rows}
        wanted: dict[tuple[str, str], set[int]] = {}
        for place in places.values():
            if place is not None:
                wanted.setdefault((place.file, place.sheet), set()).add(place.row)
        found = {
            (file, sheet, row): ids
            for (file, sheet), numbers in wanted.items()
            for row, ids in self._corrections.by_source_row(self._connection.id, file, sheet, numbers).items()
        }
        return [_MarkedRow(number, cells, self._only_match(cells, places[number], found)) for number, cells in rows]

    def _only_match(
        self, cells: Sequence[str], place: SourceRowKey | None, found: Mapping[tuple[str, str, int], list[int]]
    ) -> MarkedRecord | ReasonCode:
        """Return the one record of a source row that the row can mean; none is guessed where several could be."""
        ids = found.get((place.file, place.sheet, place.row), []) if place is not None else []
        targets = self._corrections.targets(ids)
        if len(ids) > 1:
            ids = [number for number in ids if number in targets and self._agrees(cells, targets[number])]
        if len(ids) != 1:
            return ReasonCode.MARK_MISSING
        return MarkedRecord(ids[0], len(targets[ids[0]].edits))

    def _agrees(self, cells: Sequence[str], target: Target) -> bool:
        kept = _kept(target, len(target.edits))
        columns = self._columns.corrected.items()
        return (
            sum(is_same(cells[at] if at < len(cells) else "", kept[field]) for field, at in columns) >= _FIELDS_TO_MATCH
        )

    def _apply(self, marked: Sequence[_MarkedRow], times: Mapping[int, int]) -> Iterator[CorrectedRow]:
        named = {row_read.named.record_id for row_read in marked if isinstance(row_read.named, MarkedRecord)}
        now = self._corrections.successors(named)
        targets = self._corrections.targets({*named, *now.values()})
        sources = self._corrections.source_rows(list(named)) if self._columns.originals else {}
        originals = {number: by_heading(row.header, row.cells) for number, row in sources.items()}
        for row_read in marked:
            if not isinstance(row_read.named, MarkedRecord):
                yield self._not_applied(row_read, reason(row_read.named))
                continue
            origin, current = targets.get(row_read.named.record_id), targets.get(now.get(row_read.named.record_id, 0))
            original = originals.get(row_read.named.record_id, {})
            correction = self._correction(row_read, row_read.named, origin, current, original)
            if correction is None:
                self.uncorrected += 1
            elif times[row_read.named.record_id] > 1 and correction.link is not None:
                yield self._not_applied(row_read, reason(ReasonCode.MARK_TWICE))
            else:
                yield correction

    def _correction(
        self,
        row_read: _MarkedRow,
        named: MarkedRecord,
        origin: Target | None,
        current: Target | None,
        original: Mapping[str, str],
    ) -> CorrectedRow | None:
        """Return the correction that a row makes; None where it changes nothing."""
        if origin is None or current is None or origin.is_forgotten or current.is_forgotten:
            return self._not_applied(row_read, reason(ReasonCode.MARK_GONE))
        if origin.record.connection_id != self._connection.id:
            return self._not_applied(row_read, reason(ReasonCode.MARK_OTHER_CONNECTION))
        kept = _kept(origin, named.edits)
        correction = self._columns.changes(row_read.cells, kept, original)
        if correction is None:
            return self._not_applied(row_read, reason(ReasonCode.MARK_CONFLICT))
        here = _kept(current, len(current.edits))
        changes = {field: text for field, text in correction.items() if not is_same(text, here[field])}
        if not changes:
            return None
        record = current.record
        trouble = correction_refusal(record.state, record.step.value, record.reason, record.changed_at)
        if trouble is None and any(not is_same(here[field], kept[field]) for field in changes):
            trouble = reason(ReasonCode.MARK_CONFLICT)
        if trouble is not None:
            return self._not_applied(row_read, trouble)
        return self._replacement(row_read, current, changes)

    def _replacement(self, row_read: _MarkedRow, current: Target, changes: Mapping[str, str]) -> CorrectedRow:
        settings, record = self._connection.settings, current.record
        typed = replace(record.donor, **changes)
        if "page" in changes:
            typed = replace(typed, page_name="")
        row = _with_kept_state(
            record.state, record.reason, record.donor, validate_donor(typed, settings.scope, settings.phone_style)
        )
        checked = replace(
            row,
            row=row_read.number,
            cells=tuple(row_read.cells),
            record_id=current.donation_id,
            donated_at=current.donated_at,
        )
        return CorrectedRow(checked, Link(row_read.number, record.id, len(current.edits)))

    def _not_applied(self, row_read: _MarkedRow, why: Reason) -> CorrectedRow:
        """Return a row whose correction cannot be applied, with the donor that it names and why nothing was changed."""
        values = {
            field: row_read.cells[at] for field, at in self._columns.corrected.items() if at < len(row_read.cells)
        }
        settings = self._connection.settings
        row = validate_donor(
            replace(Donor(email="", source=self._table.file_name), **values), settings.scope, settings.phone_style
        )
        checked = replace(row, row=row_read.number, state=RecordState.SKIPPED, reason=why, cells=tuple(row_read.cells))
        return CorrectedRow(checked)


def _batches(rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[list[tuple[int, Sequence[str]]]]:
    while some := list(islice(rows, _BATCH_ROWS)):
        yield some


def refuse_headless_report(table: Table) -> None:
    """Raise ImportFileError for a table that is no report by its header, but has a report's marks in its cells."""
    if any(is_mark(cell) for row in table.sample for cell in row.cells):
        raise _report_without_marks(table.file_name)


def _kept(target: Target, edits: int) -> Mapping[str, str]:
    """Return a donor's fields as they were after this number of edits."""
    donor = target.record.donor
    for field, old in reversed(target.edits[edits:]):
        donor = replace(donor, **{field: old})
    return {field: shown(donor, field) for field in FIELDS}


def _with_kept_state(state: RecordState, why: Reason | None, before: Donor, row: ValidatedRow) -> ValidatedRow:
    """Return a corrected row; a state that the validation does not decide stays as it was.

    Another name is no consent, and no correction of a donor makes a refunded donation a completed one.
    """
    if state not in {RecordState.HELD, RecordState.SKIPPED} or why is None or why.code in FOUND_BY_VALIDATION:
        return row
    is_another = row.donor.email != before.email
    if is_another and why.code in OF_ONE_ADDRESS:
        return row
    return replace(row, state=state, reason=why)


def _report_without_marks(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” looks like an AC Desktop report, but its headings or its marks are missing.", name=name),
        tr("Export the report again and keep its first row and its column “Relay mark”."),
    )


def _report_of_another_folder(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” is a report from another computer or another data folder.", name=name),
        tr("Import it where it was exported."),
    )


def _report_of_another_connection(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” is a report from another connection.", name=name),
        tr("Import it into the connection it was exported from."),
    )
