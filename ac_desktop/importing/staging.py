"""Stages a table's rows in a batch that is left open, for a person or a command to queue or to drop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.importing.correction_staging import stage_corrections
from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.detection.detection import Detection
from ac_desktop.importing.detection.profiles import ExportProfile
from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.report_corrections import ReportReader, refuse_headless_report
from ac_desktop.importing.row_sink import BatchTarget, RowSink
from ac_desktop.importing.validation.column_batch import ColumnBatch
from ac_desktop.importing.validation.row_validator import RowContext
from ac_desktop.importing.validation.table_validator import RequiredInput, TableValidator, ValidatedRow, validate_table
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import BatchSource, NewRecord, NewRows, SharedValues, encode_rows

CHUNK: Final = 2_000
"""Rows kept in one transaction: short enough that a relay during an import never waits long to write."""

Watch = Callable[[int], None]


class PageNeededError(Exception):
    """The file names no action page and the connection takes only some: a person is asked once (rule 12)."""

    def __init__(self, file_name: str) -> None:
        super().__init__(
            tr(
                "“{name}” names no action page, and this connection takes only some pages. Nothing was queued. Say "
                "which page its donors came from.",
                name=file_name,
            )
        )
        self.file_name = file_name


@dataclass(frozen=True, kw_only=True)
class StagedBatch:
    """A batch that is read whole and still open; `result` is what the reader counted.

    `uncorrected_rows` are those of a report that nobody corrected: they change nothing and are in no batch.
    `unread_columns` hold a status that is not read: a person has to see them before the batch is queued.
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


class TableStager:
    """Stages tables for one connection; `owner` is the process that an open batch belongs to.

    Rows that an earlier batch of the connection holds unchanged are skipped where `skip_known` is set; `sink` receives
    the rows.
    """

    def __init__(
        self,
        queue: Queue,
        connection: Connection,
        profiles: Sequence[ExportProfile],
        *,
        key: bytes,
        now: float,
        sink: RowSink,
        skip_known: bool = True,
        watch: Watch | None = None,
        owner: str | None = None,
    ) -> None:
        self._queue = queue
        self._corrections = queue.corrections
        self._sink = sink
        self._skip_known = skip_known
        self._connection = connection
        self.profiles = tuple(profiles)
        self._key = key
        self._now = now
        self._watch = watch
        self._owner = owner

    def detect(self, table: Table, options: ImportOptions) -> Detection:
        """Return the service and the columns of a table, as far as the options do not set them."""
        return detect(table, self.profiles, options.columns, date_order=options.date_order, chosen=options.profile)

    def stage(self, table: Table, detection: Detection, source: ImportSource, options: ImportOptions) -> StagedBatch:
        """Stage a table's rows in an open batch; of a report, those that were corrected.

        Raises ImportFileError or PageNeededError.
        """
        if table.is_report:
            return self._stage_corrections(table, detection, source)
        refuse_headless_report(table)
        settings = self._connection.settings
        validated = validate_table(
            table,
            detection,
            scope=settings.scope,
            phone_style=settings.phone_style,
            page=options.page,
            team=options.team,
        )
        if RequiredInput.PAGE in validated.required:
            raise PageNeededError(table.file_name)
        batch_id = self._open_batch(table, detection, source)
        try:
            self._fill(batch_id, validated)
            table.confirm()
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise
        if not validated.result.rows:
            self._queue.drop_batch(batch_id)
            raise ImportFileError(
                tr("“{name}” has a header but no donors below it. Nothing was queued.", name=table.file_name)
            )
        return StagedBatch(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=detection.label,
            result=validated.result,
            blank_rows=table.blank_rows,
            trailer_rows=len(table.trailer_rows),
            unread_columns=validated.unread_columns,
        )

    def _stage_corrections(self, table: Table, detection: Detection, source: ImportSource) -> StagedBatch:
        """Stage a report's corrected rows in an open batch, linked to the records that they replace."""
        reader = ReportReader(table, self._connection, self._corrections, self._key)
        batch_id = self._open_batch(table, detection, source)
        try:
            # A corrected row may equal a known one, that of the record it replaces: skipped as known, it would be lost.
            self._sink.begin(BatchTarget(self._connection.id, batch_id, self._key, self._now, skip_known=False))
            result, links = stage_corrections(reader, self._sink, self._watch)
            self._corrections.link(batch_id, links)
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise
        if not result.rows:
            self._queue.drop_batch(batch_id)
            raise not_taken(
                tr("No row of the report “{name}” was corrected.", name=table.file_name),
                tr("Correct the columns Email, First name, Last name, Phone or Page, save the report, and import it."),
            )
        return StagedBatch(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=detection.label,
            result=result,
            blank_rows=table.blank_rows,
            uncorrected_rows=reader.uncorrected,
            is_correction=True,
        )

    def _open_batch(self, table: Table, detection: Detection, source: ImportSource) -> int:
        return self._queue.open_batch(
            self._connection.id,
            BatchSource(
                kind=source.kind,
                file_name="" if source.path is None else table.file_name,
                sheet=table.sheet,
                sha256=table.sha256,
                fingerprint=detection.fingerprint,
                header=table.header,
                recognised_as=detection.label,
            ),
            self._now,
            owner=self._owner,
        )

    def _fill(self, batch_id: int, validated: TableValidator) -> None:
        read = 0
        self._sink.begin(BatchTarget(self._connection.id, batch_id, self._key, self._now, self._skip_known))
        for batch in validated.batches(CHUNK):
            self._sink.add(new_rows(batch))
            read += len(batch.numbers)
            if self._watch is not None:
                self._watch(read)
        self._sink.finish(validated.superseded)


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


def new_record(row: ValidatedRow) -> NewRecord:
    """Return the record of a donor typed in."""
    return NewRecord(
        row=row.row,
        donor=row.donor,
        state=row.state,
        reason=row.reason,
        cells=row.cells,
        donation_id=row.record_id,
        donated_at=row.donated_at,
        warnings=to_json(row.warnings),
    )
