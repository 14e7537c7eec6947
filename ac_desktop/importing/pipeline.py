"""Imports files, or a typed donor, into a connection's queue: opens, detects, validates, stages and queues them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ac_desktop.importing.detection.profiles import ExportProfile, headings_of
from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.importing.formats.archive import kept_open
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.options import ImportOptions, ImportSource, sources_of
from ac_desktop.importing.remembered_layout import recall
from ac_desktop.importing.row_sink import StoreRowSink
from ac_desktop.importing.staging import PageNeededError, StagedBatch, TableStager, Watch, new_record
from ac_desktop.importing.validation.table_validator import ValidatedRow
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import readable_date, tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.store.imports.layouts import Layouts
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import BatchSource, Record, StateCounts

__all__ = [
    "ImportOptions",
    "ImportedBatch",
    "PageNeededError",
    "add_typed",
    "import_result_of",
    "import_table",
    "known_text",
]


@dataclass(frozen=True, kw_only=True)
class ImportedBatch:
    """What was imported of one file, or one typed donor: its batch and its balanced import result."""

    batch_id: int
    file_name: str
    recognised_as: str
    result: ImportResult
    uncorrected_rows: int = 0
    unread_columns: tuple[UnreadColumn, ...] = ()


def import_table(
    queue: Queue,
    fingerprints: RowHashes,
    connection: Connection,
    paths: Sequence[Path],
    profiles: Sequence[ExportProfile],
    *,
    now: float,
    options: ImportOptions | None = None,
    again: bool = False,
    watch: Watch | None = None,
    layouts: Layouts | None = None,
    before_queueing: Callable[[Sequence[StagedBatch]], None] | None = None,
) -> list[ImportedBatch]:
    """Queue the donors of some files, each file a batch; either all of them or, where one cannot be read, none.

    With `layouts`, the columns that a person once chose in the window for files with the same headings are used.
    Rows that an earlier batch of this connection holds unchanged are skipped, unless `again` is set.
    `watch` is called with the number of rows read so far, and `before_queueing` with what was staged. Both may raise
    to cancel. Raises ImportFileError or PageNeededError, whose texts are sentences for the person.
    """
    options = options or ImportOptions()
    known = headings_of(tuple(profiles))
    stager = TableStager(
        queue,
        connection,
        profiles,
        key=fingerprints.key(),
        now=now,
        sink=StoreRowSink(queue, fingerprints),
        skip_known=not again,
        watch=watch,
    )
    staged: list[StagedBatch] = []
    try:
        with kept_open():
            for source in sources_of(paths):
                table = source.open(options, known)
                staged.append(_staged(stager, layouts, table, source, options))
        if before_queueing is not None:
            before_queueing(staged)
    except BaseException:
        for one in staged:
            queue.drop_batch(one.batch_id)
        raise
    return [_queued(queue, fingerprints, one, now, compare=not again and at > 0) for at, one in enumerate(staged)]


def _staged(
    stager: TableStager, layouts: Layouts | None, table: Table, source: ImportSource, options: ImportOptions
) -> StagedBatch:
    if layouts is None:
        return stager.stage(table, stager.detect(table, options), source, options)
    recalled = recall(layouts, stager, table, options)
    return stager.stage(table, recalled.detection, source, recalled.options)


def _queued(queue: Queue, fingerprints: RowHashes, staged: StagedBatch, now: float, *, compare: bool) -> ImportedBatch:
    """Queue a batch; files imported together are compared with each other too, as the first is stored by then."""
    if compare and not staged.is_correction:
        fingerprints.skip_known(staged.batch_id, now)
    counts = queue.close_batch(staged.batch_id, staged.result.rows, now=now)
    return ImportedBatch(
        batch_id=staged.batch_id,
        file_name=staged.file_name,
        recognised_as=staged.recognised_as,
        result=import_result_of(counts, staged.result.rows),
        uncorrected_rows=staged.uncorrected_rows,
        unread_columns=staged.unread_columns,
    )


def add_typed(queue: Queue, connection: Connection, checked: ValidatedRow, *, now: float) -> ImportedBatch:
    """Queue one donor typed in by hand, as `validate_typed` returned it."""
    batch_id = queue.open_batch(connection.id, BatchSource(kind="typed"), now)
    queue.add(connection.id, batch_id, [new_record(checked)], now)
    counts = queue.close_batch(batch_id, 1)
    return ImportedBatch(
        batch_id=batch_id, file_name=tr("Typed in"), recognised_as="", result=import_result_of(counts, 1)
    )


def known_text(record: Record) -> str:
    """Return the sentence that says where a donor who is typed in again already is."""
    email, day = record.donor.email, readable_date(_day(record.changed_at))
    match record.state:
        case RecordState.SENT:
            return tr("{email} was already sent on {date}.", email=email, date=day)
        case RecordState.WAITING | RecordState.SENDING:
            return tr("{email} is already in the queue, since {date}.", email=email, date=day)
        case _:
            return tr("{email} is already in the queue and needs to be fixed.", email=email)


def _day(at: float) -> str:
    return local_time(at).date().isoformat()


def import_result_of(counts: StateCounts, rows: int, withdrawn: int = 0) -> ImportResult:
    """Return the import result of a batch: the number of rows read, and the states of its records."""
    return ImportResult(
        rows=rows,
        waiting=counts.waiting,
        held=counts.held,
        skipped=counts.skipped,
        sent=counts.sent,
        failed=counts.failed,
        sending=counts.sending,
        withdrawn=withdrawn,
    )
