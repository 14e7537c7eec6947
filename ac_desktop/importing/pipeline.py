"""The import pipeline: source → opened table → detected table → staged batch → queued batch.

Window, console and watched folder go through it; the window's part up to the staged batch runs in the reader's process.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ac_desktop.importing.detected_table import DetectedTable, detect_table, layout_of, named_layout
from ac_desktop.importing.detection.preview import Preview, preview_of
from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.importing.formats.table import DonorFile, Table
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.profiles.columns import distinct
from ac_desktop.importing.profiles.profiles import ExportProfile, headings_of
from ac_desktop.importing.row_sink import RowSink, StoreRowSink
from ac_desktop.importing.staging import BatchStager, PageNeededError, StagedBatch, Watch
from ac_desktop.importing.validation.table_validator import ValidatedRow
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import readable_date, tr
from ac_desktop.platform.local_time import local_day
from ac_desktop.store.imports.layouts import Layout, Layouts
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue.batches import WithClosedSince
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import BatchSource, NewRecord, Record, StateCounts

__all__ = [
    "Answer",
    "DetectedTable",
    "ImportOptions",
    "ImportPipeline",
    "ImportedBatch",
    "PageNeededError",
    "StagedBatch",
    "add_typed",
    "import_result_of",
    "import_source",
    "import_table",
    "known_text",
    "layout_of",
    "new_record",
    "queue_staged",
]

Answer = Callable[[DetectedTable], ImportOptions]
"""Asks a person what a detected table leaves open, and returns the options that answer it."""


@dataclass(frozen=True, kw_only=True)
class ImportedBatch:
    """What was imported of one file, or one typed donor: its batch and its balanced import result."""

    batch_id: int
    file_name: str
    recognised_as: str
    result: ImportResult
    uncorrected_rows: int = 0
    unread_columns: tuple[UnreadColumn, ...] = ()


class ImportPipeline:
    """Opens, detects and stages tables for one connection: each is opened once, and each row validated once.

    `sink` receives the rows, the store's own where it is None; `owner` is the process that staged batches belong to.
    With `layouts`, the columns that a person once chose for files with the same headings are used. Rows that an earlier
    batch of this connection holds unchanged are skipped, unless `again` is set. `watch` is called with the number of
    rows read so far, and may raise to cancel.
    """

    def __init__(
        self,
        queue: Queue,
        row_hashes: RowHashes,
        connection: Connection,
        profiles: Sequence[ExportProfile],
        *,
        now: float,
        layouts: Layouts | None = None,
        sink: RowSink | None = None,
        again: bool = False,
        watch: Watch | None = None,
        owner: str | None = None,
    ) -> None:
        self._connection = connection
        self._profiles = tuple(profiles)
        self._known = headings_of(self._profiles)
        self._layouts = layouts
        self._now = now
        self._stager = BatchStager(
            queue,
            connection,
            sink or StoreRowSink(queue, row_hashes),
            key=row_hashes.key(),
            now=now,
            skip_known=not again,
            watch=watch,
            owner=owner,
        )

    @contextmanager
    def opened(self, source: ImportSource, options: ImportOptions) -> Iterator[DetectedTable]:
        """Open and detect a table, which is closed at the end of the block. Raises ImportFileError."""
        with closing(source.open(options, self._known)) as table:
            yield self.detect(source, table, options)

    def opened_file(self, path: Path, options: ImportOptions) -> Generator[DetectedTable]:
        """Open a file and return its tables one after another, each to be used before the next is asked for.

        Raises ImportFileError.
        """
        with DonorFile(path) as file:
            for member in file.members:
                source = ImportSource(path, member)
                yield self.detect(source, source.open(options, self._known, file), options)

    def detect(self, source: ImportSource, table: Table, options: ImportOptions) -> DetectedTable:
        """Detect an open table. Raises ImportFileError where the options name a column that it has not."""
        return detect_table(
            source, table, options, connection=self._connection, profiles=self._profiles, layouts=self._layouts
        )

    def answered(self, detected: DetectedTable, answer: Answer) -> DetectedTable:
        """Return a table with what a person answered, where it leaves anything open; chosen columns are remembered."""
        options = answer(detected) if detected.needs_answers else detected.options
        if options == detected.options:
            return detected
        chosen = self.detect(detected.source, detected.table, options)
        if options.columns != detected.options.columns:
            self._remember(chosen, layout_of(options, distinct(chosen.table.header), chosen.detection.name))
        return chosen

    def remember_named(self, detected: DetectedTable) -> None:
        """Remember the columns that were named for a table; a report has its own."""
        if not detected.table.is_report:
            self._remember(detected, named_layout(detected))

    def _remember(self, detected: DetectedTable, layout: Layout) -> None:
        if self._layouts is not None:
            name = detected.source.layout_name
            self._layouts.store(detected.detection.fingerprint, layout, self._now, name=name)

    def preview(self, detected: DetectedTable) -> Preview:
        """Return what the import pages show of a table."""
        return preview_of(
            detected.source,
            detected.table,
            detected.detection,
            self._profiles,
            needs_page=detected.needs_page,
        )

    def stage(self, detected: DetectedTable) -> StagedBatch:
        """Stage a table's rows in an open batch. Raises ImportFileError or PageNeededError."""
        return self._stager.stage(detected)


def import_table(
    queue: Queue,
    row_hashes: RowHashes,
    connection: Connection,
    paths: Sequence[Path],
    profiles: Sequence[ExportProfile],
    *,
    now: float,
    options: ImportOptions | None = None,
    again: bool = False,
    watch: Watch | None = None,
    layouts: Layouts | None = None,
    answer: Answer | None = None,
    before_queueing: Callable[[Sequence[StagedBatch]], None] | None = None,
) -> list[ImportedBatch]:
    """Queue the donors of some files, each file a batch; either all of them or, where one cannot be read, none.

    `answer` is called where a file leaves anything open, and `before_queueing` with what was staged; both may raise to
    cancel, as `watch` may (see ImportPipeline). Raises ImportFileError or PageNeededError, whose texts are sentences
    for the person.
    """
    options = options or ImportOptions()
    pipeline = ImportPipeline(
        queue, row_hashes, connection, profiles, now=now, layouts=layouts, again=again, watch=watch
    )
    opened = (closing(pipeline.opened_file(path, options)) for path in paths)
    named = options.columns is not None
    staged = _stage_all(queue, pipeline, opened, answer, before_queueing, columns_are_named=named)
    return [_imported(one, queue_staged(queue, one, now, compare=None if again else row_hashes)) for one in staged]


def import_source(
    queue: Queue,
    fingerprints: RowHashes,
    connection: Connection,
    source: ImportSource,
    profiles: Sequence[ExportProfile],
    *,
    now: float,
    layouts: Layouts | None = None,
    answer: Answer | None = None,
    before_queueing: Callable[[Sequence[StagedBatch]], None] | None = None,
) -> ImportedBatch:
    """Queue the donors of one source, such as those fetched, as `import_table` does. Raises what that raises."""
    pipeline = ImportPipeline(queue, fingerprints, connection, profiles, now=now, layouts=layouts)

    @contextmanager
    def opened() -> Iterator[Iterator[DetectedTable]]:
        with pipeline.opened(source, ImportOptions()) as detected:
            yield iter((detected,))

    (staged,) = _stage_all(queue, pipeline, [opened()], answer, before_queueing, columns_are_named=False)
    return _imported(staged, queue_staged(queue, staged, now, compare=fingerprints))


def _stage_all(
    queue: Queue,
    pipeline: ImportPipeline,
    opened: Iterable[AbstractContextManager[Iterator[DetectedTable]]],
    answer: Answer | None,
    before_queueing: Callable[[Sequence[StagedBatch]], None] | None,
    *,
    columns_are_named: bool,
) -> list[StagedBatch]:
    """Stage all tables; where anything raises, every batch is dropped and no columns that were named are remembered."""
    staged: list[StagedBatch] = []
    tables_read: list[DetectedTable] = []
    with ExitStack() as undo:
        for one in opened:
            with one as tables:
                for detected in tables:
                    answered = pipeline.answered(detected, answer) if answer is not None else detected
                    staged.append(pipeline.stage(answered))
                    tables_read.append(answered)
                    undo.callback(queue.drop_batch, staged[-1].batch_id)
        if before_queueing is not None:
            before_queueing(staged)
        undo.pop_all()
    if columns_are_named:
        for detected in tables_read:
            pipeline.remember_named(detected)
    return staged


def queue_staged(queue: Queue, staged: StagedBatch, now: float, *, compare: RowHashes | None = None) -> StateCounts:
    """Queue a staged batch, with an event; from now on a relay may take its records. Return its counts.

    With `compare`, rows that were queued unchanged since it was staged are skipped: those of files imported together,
    or by another program or workstation at the same time.
    """
    if compare is None or staged.is_correction:
        return queue.close_batch(staged.batch_id, staged.result.rows, now=now)
    compared = queue.closed_beside(staged.batch_id, staged.open_then)
    if compared:
        compare.skip_known(staged.batch_id, now)
    compare_again = partial(compare.skip_known, staged.batch_id, now, is_indexed=True)
    comparison = WithClosedSince(staged.open_then, compared, compare_again)
    return queue.close_batch(staged.batch_id, staged.result.rows, now=now, comparison=comparison)


def _imported(staged: StagedBatch, counts: StateCounts) -> ImportedBatch:
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


def new_record(row: ValidatedRow) -> NewRecord:
    """Return the record of a validated row."""
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


def known_text(record: Record) -> str:
    """Return the sentence that says where a donor who is typed in again already is."""
    email, day = record.donor.email, readable_date(local_day(record.changed_at))
    match record.state:
        case RecordState.SENT:
            return tr("{email} was already sent on {date}.", email=email, date=day)
        case RecordState.WAITING | RecordState.SENDING:
            return tr("{email} is already in the queue, since {date}.", email=email, date=day)
        case _:
            return tr("{email} is already in the queue and needs to be fixed.", email=email)


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
