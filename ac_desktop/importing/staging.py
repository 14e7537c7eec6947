"""Puts a table's rows into a batch that is left open, for a person or a command to queue or to drop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.importing.correction_staging import fill
from ac_desktop.importing.detection.detect import Detection, detect
from ac_desktop.importing.detection.profiles import ExportProfile
from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.report_corrections import ReportReader, refuse_headless_report
from ac_desktop.importing.row_sink import BatchFilling, RowSink
from ac_desktop.importing.validation.column_batch import ColumnBatch
from ac_desktop.importing.validation.row_validator import RowContext
from ac_desktop.importing.validation.table_validator import CheckNeed, TableValidator, ValidatedRow, check
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import BatchSource, NewRecord, NewRows, SharedValues, encode_rows

CHUNK: Final = 2_000
"""Rows kept in one transaction: short enough that a relay beside an import never waits long for its turn."""

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
    """A batch that is read whole and still open; `receipt` is what the reader counted.

    `uncorrected_rows` are those of a report that nobody corrected: they change nothing and are in no batch.
    `unread_columns` speak of a status that nobody reads: a person is to see them before the batch is queued.
    """

    batch_id: int
    file_name: str
    recognised_as: str
    receipt: ImportResult
    blank_rows: int = 0
    trailer_rows: int = 0
    uncorrected_rows: int = 0
    unread_columns: tuple[UnreadColumn, ...] = ()
    is_correction: bool = False


class TableStager:
    """Stages tables for one connection; `owner` is the process with which an open batch goes.

    Rows that an earlier batch of the connection brought unchanged are skipped where `skip_known` says so; `into` is
    where the rows go.
    """

    def __init__(
        self,
        queue: Queue,
        connection: Connection,
        recognisers: Sequence[ExportProfile],
        *,
        key: bytes,
        now: float,
        into: RowSink,
        skip_known: bool = True,
        watch: Watch | None = None,
        owner: str | None = None,
    ) -> None:
        self._queue = queue
        self._corrections = queue.corrections
        self._into = into
        self._skip_known = skip_known
        self._connection = connection
        self.recognisers = tuple(recognisers)
        self._key = key
        self._now = now
        self._watch = watch
        self._owner = owner

    def recognise(self, table: Table, wishes: ImportOptions) -> Detection:
        """Tell whose file it is, as wished."""
        return detect(table, self.recognisers, wishes.columns, date_order=wishes.date_order, chosen=wishes.recogniser)

    def stage(self, table: Table, recognition: Detection, part: ImportSource, wishes: ImportOptions) -> StagedBatch:
        """Put a table's rows into an open batch, of a report those that were corrected.

        Raises ExportError or PageNeededError.
        """
        if table.is_report:
            return self._stage_corrections(table, recognition, part)
        refuse_headless_report(table)
        settings = self._connection.settings
        checked = check(
            table,
            recognition,
            scope=settings.scope,
            phone_style=settings.phone_style,
            page=wishes.page,
            team=wishes.team,
        )
        if CheckNeed.PAGE in checked.needs:
            raise PageNeededError(table.file_name)
        batch_id = self._open_batch(table, recognition, part)
        try:
            self._fill(batch_id, checked)
            table.confirm()
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise
        if not checked.receipt.rows:
            self._queue.drop_batch(batch_id)
            raise ImportFileError(
                tr("“{name}” has a header but no donors below it. Nothing was queued.", name=table.file_name)
            )
        return StagedBatch(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=recognition.label,
            receipt=checked.receipt,
            blank_rows=table.blank_rows,
            trailer_rows=len(table.trailer_rows),
            unread_columns=checked.unread_columns,
        )

    def _stage_corrections(self, table: Table, recognition: Detection, part: ImportSource) -> StagedBatch:
        """Put a report's corrected rows into an open batch, linked to the records that they replace."""
        reader = ReportReader(table, self._connection, self._corrections, self._key)
        batch_id = self._open_batch(table, recognition, part)
        try:
            # What a row says may well be known, of a record that it replaces: as known it would be lost with that.
            self._into.begin(BatchFilling(self._connection.id, batch_id, self._key, self._now, skip_known=False))
            receipt, links = fill(reader, self._into, self._watch)
            self._corrections.link(batch_id, links)
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise
        if not receipt.rows:
            self._queue.drop_batch(batch_id)
            raise not_taken(
                tr("No row of the report “{name}” was corrected.", name=table.file_name),
                tr("Correct the columns Email, First name, Last name, Phone or Page, save the report, and import it."),
            )
        return StagedBatch(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=recognition.label,
            receipt=receipt,
            blank_rows=table.blank_rows,
            uncorrected_rows=reader.uncorrected,
            is_correction=True,
        )

    def _open_batch(self, table: Table, recognition: Detection, part: ImportSource) -> int:
        return self._queue.open_batch(
            self._connection.id,
            BatchSource(
                kind=part.kind,
                file_name="" if part.path is None else table.file_name,
                sheet=table.sheet,
                sha256=table.sha256,
                fingerprint=recognition.fingerprint,
                header=table.header,
                recognised_as=recognition.label,
            ),
            self._now,
            owner=self._owner,
        )

    def _fill(self, batch_id: int, checked: TableValidator) -> None:
        read = 0
        self._into.begin(BatchFilling(self._connection.id, batch_id, self._key, self._now, self._skip_known))
        for portion in checked.portions(CHUNK):
            self._into.add(new_rows(portion))
            read += len(portion.numbers)
            if self._watch is not None:
                self._watch(read)
        self._into.finish(checked.superseded)


def new_rows(portion: ColumnBatch) -> NewRows:
    """Make a portion ready to be stored."""
    by_gift = {gift: _standing(gift, portion.source) for gift in {*portion.gifts}}
    shared_values = list(map(by_gift.__getitem__, portion.gifts))
    for place, row in portion.odd.items():
        shared_values[place] = _standing(portion.gifts[place], portion.source, row)
    return NewRows(
        rows=portion.numbers,
        emails=portion.emails,
        phones=portion.phones,
        first_names=portion.first_names,
        last_names=portion.last_names,
        shared_values=shared_values,
        donation_ids=portion.record_ids,
        donated_at=portion.donated_at,
        row_hashes=(),
        cells=encode_rows(portion.cells),
    )


def _standing(gift: RowContext, source: str, row: ValidatedRow | None = None) -> SharedValues:
    state, why = (gift.state, gift.reason) if row is None else (row.state, row.reason)
    warnings = None if row is None else to_json(row.warnings)
    return source, gift.page, gift.page_name, gift.team, state.value, why.to_json() if why else None, warnings


def new_record(row: ValidatedRow) -> NewRecord:
    """Make a record of a donor typed in."""
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
