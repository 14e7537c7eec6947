"""Stages a detected table's rows in a batch that is left open, for a person or a command to queue or to drop."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from ac_desktop.importing.corrections.report_corrections import ReportReader, refuse_headless_report
from ac_desktop.importing.detected_table import DetectedTable
from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.row_sink import BatchTarget, RowSink
from ac_desktop.importing.validation.column_batch import ColumnBatch
from ac_desktop.importing.validation.row_validator import RowContext
from ac_desktop.importing.validation.table_validator import TableValidator, ValidatedRow, no_email_column
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.rules import DatedRow, duplicates
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.corrections import Link
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import BatchSource, NewRows, SharedValues, encode_rows

CHUNK: Final = 2_000
"""Rows kept in one transaction: short enough that a relay during an import never waits long to write."""
_CORRECTED_CHUNK: Final = 500

Watch = Callable[[int], None]


class PageNeededError(Exception):
    """The file names no action page and the connection takes only some: a person is asked once (rule 12)."""

    def __init__(self, file_name: str) -> None:
        super().__init__(
            tr(
                "“{name}” doesn't name an action page, and this connection accepts only some pages. Nothing was "
                "queued. Choose the page these donors came from.",
                name=file_name,
            )
        )
        self.file_name = file_name


@dataclass(frozen=True, kw_only=True)
class StagedBatch:
    """A batch that is read whole and still open; `result` is what the reader counted.

    `uncorrected_rows` are those of a report that nobody corrected: they change nothing and are in no batch.
    `unread_columns` hold a status that is not read: a person has to see them before the batch is queued.
    `open_then` are the connection's other batches that were open when this one was begun.
    """

    batch_id: int
    file_name: str
    recognised_as: str
    result: ImportResult
    blank_rows: int = 0
    trailer_rows: int = 0
    uncorrected_rows: int = 0
    unread_columns: tuple[UnreadColumn, ...] = ()
    is_correction: bool = False
    open_then: frozenset[int] = frozenset()

    @property
    def doubtful_columns(self) -> tuple[UnreadColumn, ...]:
        """The unread columns that may hold a refusal: without a person who has seen them, nothing is queued."""
        return tuple(column for column in self.unread_columns if not column.is_fine)


class BatchStager:
    """Stages detected tables for one connection; `owner` is the process that an open batch belongs to.

    Rows that an earlier batch of the connection holds unchanged are skipped where `skip_known` is set; `sink` receives
    the rows.
    """

    def __init__(
        self,
        queue: Queue,
        connection: Connection,
        sink: RowSink,
        *,
        key: bytes,
        now: float,
        skip_known: bool = True,
        watch: Watch | None = None,
        owner: str | None = None,
    ) -> None:
        self._queue = queue
        self._connection = connection
        self._sink = sink
        self._key = key
        self._now = now
        self._skip_known = skip_known
        self._watch = watch
        self._owner = owner

    def stage(self, detected: DetectedTable) -> StagedBatch:
        """Stage a table's rows in an open batch; of a report, those that were corrected.

        Raises ImportFileError or PageNeededError.
        """
        return self._stage_corrections(detected) if detected.table.is_report else self._stage_rows(detected)

    def _stage_rows(self, detected: DetectedTable) -> StagedBatch:
        table, rows = detected.table, detected.rows
        refuse_headless_report(table)
        if rows is None:
            raise no_email_column(table.file_name, next((one.proposed for one in detected.open_questions), ""))
        if detected.needs_page:
            raise PageNeededError(table.file_name)
        with self._open_batch(detected, skip_known=self._skip_known) as batch_id:
            open_then = self._queue.open_beside(batch_id)
            self._fill(rows)
            table.confirm()
            if not rows.result.rows:
                raise ImportFileError(
                    tr("“{name}” has a header but no donors below it. Nothing was queued.", name=table.file_name)
                )
        return StagedBatch(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=detected.detection.label,
            result=rows.result,
            blank_rows=table.blank_rows,
            trailer_rows=len(table.trailer_rows),
            unread_columns=rows.unread_columns,
            open_then=open_then,
        )

    def _stage_corrections(self, detected: DetectedTable) -> StagedBatch:
        """Stage a report's corrected rows in an open batch, linked to the records that they replace."""
        table, corrections = detected.table, self._queue.corrections
        reader = ReportReader(table, self._connection, corrections, self._key)
        # A corrected row may equal a known one, that of the record it replaces: skipped as known, it would be lost.
        with self._open_batch(detected, skip_known=False) as batch_id:
            result, links = self._fill_corrected(reader)
            corrections.link(batch_id, links)
            table.confirm()
            if not result.rows:
                raise not_taken(
                    tr("No rows of the report “{name}” were corrected.", name=table.file_name),
                    tr(
                        "Correct the columns Email, First name, Last name, Phone or Page, save the report, and import "
                        "it."
                    ),
                )
        return StagedBatch(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=detected.detection.label,
            result=result,
            blank_rows=table.blank_rows,
            uncorrected_rows=reader.uncorrected,
            is_correction=True,
        )

    @contextmanager
    def _open_batch(self, detected: DetectedTable, *, skip_known: bool) -> Iterator[int]:
        """Open a batch for the sink; it is dropped where an error ends the block."""
        table, detection = detected.table, detected.detection
        batch_id = self._queue.open_batch(
            self._connection.id,
            BatchSource(
                kind=detected.source.kind,
                file_name=detected.source.days if detected.source.path is None else table.file_name,
                sheet=table.sheet,
                sha256=table.sha256,
                fingerprint=detection.fingerprint,
                header=table.header,
                recognised_as=detection.label,
            ),
            self._now,
            owner=self._owner,
        )
        try:
            self._sink.begin(BatchTarget(self._connection.id, batch_id, self._key, self._now, skip_known))
            yield batch_id
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise

    def _fill(self, rows: TableValidator) -> None:
        read = 0
        for batch in rows.batches(CHUNK):
            self._sink.add(new_rows(batch))
            read += len(batch.numbers)
            if self._watch is not None:
                self._watch(read)
        self._sink.finish(rows.superseded)

    def _fill_corrected(self, reader: ReportReader) -> tuple[ImportResult, Sequence[Link]]:
        """Pass a report's corrected rows to the sink; return their result and the records that they replace."""
        states: Counter[RecordState] = Counter()
        links: list[Link] = []
        waiting: list[DatedRow] = []
        rows = reader.rows()
        while batch := list(islice(rows, _CORRECTED_CHUNK)):
            self._sink.add(_new_corrected_rows([one.checked for one in batch]))
            links += [one.link for one in batch if one.link is not None]
            states.update(one.checked.state for one in batch)
            waiting += [_dated(one.checked) for one in batch if one.checked.state is RecordState.WAITING]
            if self._watch is not None:
                self._watch(states.total())
        superseded = duplicates(waiting)
        self._sink.finish(superseded)
        result = ImportResult(
            rows=states.total(),
            waiting=states[RecordState.WAITING] - len(superseded),
            held=states[RecordState.HELD],
            skipped=states[RecordState.SKIPPED] + len(superseded),
        )
        return result, links


def new_rows(batch: ColumnBatch) -> NewRows:
    """Return a batch of columns as the store takes it."""
    by_context = {context: _stored_state(context, batch.source) for context in {*batch.contexts}}
    shared_values = list(map(by_context.__getitem__, batch.contexts))
    for place, row in batch.odd.items():
        shared_values[place] = _stored_state(batch.contexts[place], batch.source, row)
    return NewRows(
        rows=batch.numbers,
        emails=batch.emails,
        phones=batch.phones,
        first_names=batch.first_names,
        last_names=batch.last_names,
        shared_values=shared_values,
        donation_ids=batch.record_ids,
        donated_at=batch.donated_at,
        row_hashes=(),
        cells=encode_rows(batch.cells),
    )


def _stored_state(context: RowContext, source: str, row: ValidatedRow | None = None) -> SharedValues:
    state, why = (context.state, context.reason) if row is None else (row.state, row.reason)
    warnings = None if row is None else to_json(row.warnings)
    return source, context.page, context.page_name, context.team, state.value, why.to_json() if why else None, warnings


def _new_corrected_rows(rows: Sequence[ValidatedRow]) -> NewRows:
    donors = [row.donor for row in rows]
    return NewRows(
        rows=[row.row for row in rows],
        emails=[donor.email for donor in donors],
        phones=[donor.phone for donor in donors],
        first_names=[donor.first_name for donor in donors],
        last_names=[donor.last_name for donor in donors],
        shared_values=[_corrected_state(row) for row in rows],
        donation_ids=[row.record_id for row in rows],
        donated_at=[row.donated_at for row in rows],
        row_hashes=(),
        cells=encode_rows([row.cells for row in rows]),
    )


def _corrected_state(row: ValidatedRow) -> SharedValues:
    donor, why = row.donor, row.reason
    reason_json = why.to_json() if why else None
    return donor.source, donor.page, donor.page_name, donor.team, row.state.value, reason_json, to_json(row.warnings)


def _dated(row: ValidatedRow) -> DatedRow:
    when = datetime.fromisoformat(row.donated_at).replace(tzinfo=None) if row.donated_at else None
    return DatedRow(row.row, row.donor.email, when)
