"""Puts the corrected rows of a report into a batch that is left open, each linked to the record it replaces."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from ac_desktop.importing.report_corrections import ReportReader
from ac_desktop.importing.row_sink import RowSink
from ac_desktop.importing.validation.row_validator import ValidatedRow
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.rules import DatedRow, duplicates
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.corrections import Link
from ac_desktop.store.queue.records import NewRows, SharedValues, encode_rows

_AT_ONCE: Final = 500


def fill(
    reader: ReportReader, into: RowSink, watch: Callable[[int], None] | None
) -> tuple[ImportResult, Sequence[Link]]:
    """Hand a report's corrected rows on, and return their account and what they replace."""
    states: Counter[RecordState] = Counter()
    links: list[Link] = []
    waiting: list[DatedRow] = []
    rows = reader.rows()
    while portion := list(islice(rows, _AT_ONCE)):
        into.add(_new_rows([one.checked for one in portion]))
        links += [one.link for one in portion if one.link is not None]
        states.update(one.checked.state for one in portion)
        waiting += [_dated(one.checked) for one in portion if one.checked.state is RecordState.WAITING]
        if watch is not None:
            watch(states.total())
    gone = duplicates(waiting)
    into.finish(gone)
    receipt = ImportResult(
        rows=states.total(),
        waiting=states[RecordState.WAITING] - len(gone),
        held=states[RecordState.HELD],
        skipped=states[RecordState.SKIPPED] + len(gone),
    )
    return receipt, links


def _dated(row: ValidatedRow) -> DatedRow:
    when = datetime.fromisoformat(row.donated_at).replace(tzinfo=None) if row.donated_at else None
    return DatedRow(row.row, row.donor.email, when)


def _new_rows(rows: Sequence[ValidatedRow]) -> NewRows:
    donors = [row.donor for row in rows]
    return NewRows(
        rows=[row.row for row in rows],
        emails=[donor.email for donor in donors],
        phones=[donor.phone for donor in donors],
        first_names=[donor.first_name for donor in donors],
        last_names=[donor.last_name for donor in donors],
        shared_values=[_standing(row) for row in rows],
        donation_ids=[row.record_id for row in rows],
        donated_at=[row.donated_at for row in rows],
        row_hashes=(),
        cells=encode_rows([row.cells for row in rows]),
    )


def _standing(row: ValidatedRow) -> SharedValues:
    donor, why = row.donor, row.reason
    told = why.to_json() if why else None
    return donor.source, donor.page, donor.page_name, donor.team, row.state.value, told, to_json(row.warnings)
