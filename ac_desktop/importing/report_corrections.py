"""A report that comes back: each corrected row replaces the record it came from, and no other row changes anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from ac_desktop.importing.detection.corrected_columns import Place, ReportColumns
from ac_desktop.importing.detection.headings import by_heading
from ac_desktop.importing.detection.record_marks import MarkedRecord, MarkTrouble, is_mark, read_mark
from ac_desktop.importing.detection.spreadsheet_damage import is_same
from ac_desktop.importing.edits import FIELDS, shown
from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.validation.row_validator import ValidatedRow, validate_donor
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.connections.rescope import ALREADY
from ac_desktop.store.queue.corrections import Corrections, Link, Target, correction_refusal
from ac_desktop.store.queue.decisions import BY_CONSENT

_AT_ONCE: Final = 500
_TROUBLES: Final = {
    MarkTrouble.MISSING: ReasonCode.MARK_MISSING,
    MarkTrouble.DAMAGED: ReasonCode.MARK_DAMAGED,
    MarkTrouble.FOREIGN: ReasonCode.MARK_FOREIGN,
}
_CURED: Final = frozenset({
    ReasonCode.NO_EMAIL,
    ReasonCode.BAD_EMAIL,
    ReasonCode.RAGGED_ROW,
    ReasonCode.PAGE_EXCLUDED,
    ReasonCode.PAGE_NOT_CHOSEN,
    ReasonCode.PAGE_NOT_IN_TEAM,
    ReasonCode.PAGE_UNKNOWN,
    ReasonCode.TEAM_UNKNOWN,
    ReasonCode.OTHER_TEAM,
})  # fmt: skip
"""What the check itself finds: a corrected donor is judged anew."""
_OF_THE_ADDRESS: Final = frozenset({*BY_CONSENT, *ALREADY, ReasonCode.DUPLICATE_ROW})
"""What holds for an address alone: another one is judged anew."""
_ALIKE: Final = 3
"""Fields that must agree before a row of an older report is taken for one of several records of its place."""


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """A row that was corrected, or that can't be followed; `link` names the record it replaces."""

    checked: ValidatedRow
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class _Sought:
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
        """Return the rows that were corrected or can't be followed.

        Raises ExportError where it is a report of somewhere else, or one without marks.
        """
        self.uncorrected = 0
        if self._columns.mark is None and not self._columns.corrected:
            raise _without_marks(self._table.file_name)
        times = self._survey()
        for some in _portions(self._table.numbered()):
            yield from self._decided(self._sought(some), times)

    def _survey(self) -> Counter[int]:
        """Count how often each record is named, and refuse a report that is wholly of somewhere else."""
        times: Counter[int] = Counter()
        rows, foreign = 0, 0
        elsewhere: Counter[int] = Counter()
        for some in _portions(self._table.numbered()):
            sought = self._sought(some)
            ids = [one.named.record_id for one in sought if isinstance(one.named, MarkedRecord)]
            owners = self._corrections.connections_of(ids)
            times.update(ids)
            elsewhere.update(owners[number] for number in ids if number in owners)
            foreign += sum(one.named is ReasonCode.MARK_FOREIGN for one in sought)
            rows += len(sought)
        if rows and foreign == rows:
            raise _of_elsewhere(self._table.file_name)
        elsewhere.pop(self._connection.id, None)
        if rows and elsewhere.total() == rows:
            raise _of_another_connection(self._table.file_name)
        return times

    def _sought(self, rows: Iterable[tuple[int, Sequence[str]]]) -> list[_Sought]:
        if self._columns.mark is None:
            return self._by_place(list(rows))
        at = self._columns.mark
        read = ((number, cells, read_mark(cells[at] if at < len(cells) else "", self._key)) for number, cells in rows)
        return [
            _Sought(number, cells, _TROUBLES[named] if isinstance(named, MarkTrouble) else named)
            for number, cells, named in read
        ]

    def _by_place(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[_Sought]:
        """Find the records of an older report's rows by the file and the row that they came from."""
        places = {number: self._columns.place_of(cells) for number, cells in rows}
        wanted: dict[tuple[str, str], set[int]] = {}
        for place in places.values():
            if place is not None:
                wanted.setdefault((place.file, place.sheet), set()).add(place.row)
        found = {
            (file, sheet, row): ids
            for (file, sheet), numbers in wanted.items()
            for row, ids in self._corrections.by_source_row(self._connection.id, file, sheet, numbers).items()
        }
        return [_Sought(number, cells, self._likeliest(cells, places[number], found)) for number, cells in rows]

    def _likeliest(
        self, cells: Sequence[str], place: Place | None, found: Mapping[tuple[str, str, int], list[int]]
    ) -> MarkedRecord | ReasonCode:
        """Choose the one record of a place that the row can mean; none is guessed where several could be."""
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
        return sum(is_same(cells[at] if at < len(cells) else "", kept[field]) for field, at in columns) >= _ALIKE

    def _decided(self, sought: Sequence[_Sought], times: Mapping[int, int]) -> Iterator[CorrectedRow]:
        named = {one.named.record_id for one in sought if isinstance(one.named, MarkedRecord)}
        now = self._corrections.successors(named)
        targets = self._corrections.targets({*named, *now.values()})
        sources = self._corrections.source_rows(list(named)) if self._columns.originals else {}
        originals = {number: by_heading(row.header, row.cells) for number, row in sources.items()}
        for one in sought:
            if not isinstance(one.named, MarkedRecord):
                yield self._left_alone(one, reason(one.named))
                continue
            origin, current = targets.get(one.named.record_id), targets.get(now.get(one.named.record_id, 0))
            original = originals.get(one.named.record_id, {})
            told = self._correction(one, one.named, origin, current, original)
            if told is None:
                self.uncorrected += 1
            elif times[one.named.record_id] > 1 and told.link is not None:
                yield self._left_alone(one, reason(ReasonCode.MARK_TWICE))
            else:
                yield told

    def _correction(
        self,
        one: _Sought,
        named: MarkedRecord,
        origin: Target | None,
        current: Target | None,
        original: Mapping[str, str],
    ) -> CorrectedRow | None:
        """Return what a row changes; None where it changes nothing."""
        if origin is None or current is None or origin.is_forgotten or current.is_forgotten:
            return self._left_alone(one, reason(ReasonCode.MARK_GONE))
        if origin.record.connection_id != self._connection.id:
            return self._left_alone(one, reason(ReasonCode.MARK_OTHER_CONNECTION))
        kept = _kept(origin, named.edits)
        told = self._columns.changes(one.cells, kept, original)
        if told is None:
            return self._left_alone(one, reason(ReasonCode.MARK_CONFLICT))
        here = _kept(current, len(current.edits))
        changes = {field: text for field, text in told.items() if not is_same(text, here[field])}
        if not changes:
            return None
        record = current.record
        trouble = correction_refusal(record.state, record.step.value, record.reason, record.changed_at)
        if trouble is None and any(not is_same(here[field], kept[field]) for field in changes):
            trouble = reason(ReasonCode.MARK_CONFLICT)
        if trouble is not None:
            return self._left_alone(one, trouble)
        return self._replacing(one, current, changes)

    def _replacing(self, one: _Sought, current: Target, changes: Mapping[str, str]) -> CorrectedRow:
        settings, record = self._connection.settings, current.record
        typed = replace(record.donor, **changes)
        if "page" in changes:
            typed = replace(typed, page_name="")
        row = _judged(
            record.state, record.reason, record.donor, validate_donor(typed, settings.scope, settings.phone_style)
        )
        checked = replace(
            row,
            row=one.number,
            cells=tuple(one.cells),
            record_id=current.donation_id,
            donated_at=current.donated_at,
        )
        return CorrectedRow(checked, Link(one.number, record.id, len(current.edits)))

    def _left_alone(self, one: _Sought, why: Reason) -> CorrectedRow:
        """Return a row that can't be followed, with the donor that it names and why nothing was changed."""
        values = {field: one.cells[at] for field, at in self._columns.corrected.items() if at < len(one.cells)}
        settings = self._connection.settings
        row = validate_donor(
            replace(Donor(email="", source=self._table.file_name), **values), settings.scope, settings.phone_style
        )
        checked = replace(row, row=one.number, state=RecordState.SKIPPED, reason=why, cells=tuple(one.cells))
        return CorrectedRow(checked)


def _portions(rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[list[tuple[int, Sequence[str]]]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def refuse_headless_report(table: Table) -> None:
    """Raise ExportError for a table that is no report by its header, but has a report's marks in its cells."""
    if any(is_mark(cell) for row in table.sample for cell in row.cells):
        raise _without_marks(table.file_name)


def _kept(target: Target, edits: int) -> Mapping[str, str]:
    """Return a donor's fields as they were after so many edits."""
    donor = target.record.donor
    for field, old in reversed(target.edits[edits:]):
        donor = replace(donor, **{field: old})
    return {field: shown(donor, field) for field in FIELDS}


def _judged(state: RecordState, why: Reason | None, before: Donor, row: ValidatedRow) -> ValidatedRow:
    """Return a corrected row where it may stand: what the check can't cure stays as it was decided.

    Another name is no consent, and no correction of a donor makes a refunded gift a donation.
    """
    if state not in {RecordState.HELD, RecordState.SKIPPED} or why is None or why.code in _CURED:
        return row
    is_another = row.donor.email != before.email
    if is_another and why.code in _OF_THE_ADDRESS:
        return row
    return replace(row, state=state, reason=why)


def _without_marks(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” looks like an AC Desktop report, but its headings or its marks are missing.", name=name),
        tr("Export the report again and keep its first row and its column “Relay mark”."),
    )


def _of_elsewhere(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” is a report from another computer or another data folder.", name=name),
        tr("Import it where it was exported."),
    )


def _of_another_connection(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” is a report of another connection.", name=name),
        tr("Import it into the connection it was exported from."),
    )
