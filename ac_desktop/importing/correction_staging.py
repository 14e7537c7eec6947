"""Stages the corrected rows of a report in a batch that is left open, each linked to the record it replaces."""

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

_BATCH_ROWS: Final = 500


def stage_corrections(
    reader: ReportReader, sink: RowSink, watch: Callable[[int], None] | None
) -> tuple[ImportResult, Sequence[Link]]:
    """Pass a report's corrected rows to the sink, and return their import result and the records that they replace."""
    states: Counter[RecordState] = Counter()
    links: list[Link] = []
    waiting: list[DatedRow] = []
    rows = reader.rows()
    while batch := list(islice(rows, _BATCH_ROWS)):
        sink.add(_new_rows([one.checked for one in batch]))
        links += [one.link for one in batch if one.link is not None]
        states.update(one.checked.state for one in batch)
        waiting += [_dated(one.checked) for one in batch if one.checked.state is RecordState.WAITING]
        if watch is not None:
            watch(states.total())
    superseded = duplicates(waiting)
    sink.finish(superseded)
    result = ImportResult(
        rows=states.total(),
        waiting=states[RecordState.WAITING] - len(superseded),
        held=states[RecordState.HELD],
        skipped=states[RecordState.SKIPPED] + len(superseded),
    )
    return result, links


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
        shared_values=[_stored_state(row) for row in rows],
        donation_ids=[row.record_id for row in rows],
        donated_at=[row.donated_at for row in rows],
        row_hashes=(),
        cells=encode_rows([row.cells for row in rows]),
    )


def _stored_state(row: ValidatedRow) -> SharedValues:
    donor, why = row.donor, row.reason
    reason_json = why.to_json() if why else None
    return donor.source, donor.page, donor.page_name, donor.team, row.state.value, reason_json, to_json(row.warnings)
