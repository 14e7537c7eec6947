"""From a file, or a typed donor, into a connection's queue: opened, recognised, checked, kept, with a receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from ac_desktop.exports.check import Check, CheckedRow, CheckNeed, check
from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.fields import Field
from ac_desktop.exports.receipt import Receipt
from ac_desktop.exports.recognise import recognise
from ac_desktop.exports.recognisers import Recogniser
from ac_desktop.exports.table import Table, open_table, parts
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue import Queue
from ac_desktop.store.records import BatchSource, NewRecord

CHUNK: Final = 2_000
"""Rows kept in one transaction: short enough that a relay beside an import never waits long for its turn."""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What became of one file, or one typed donor: its batch and its balanced receipt."""

    batch_id: int
    file_name: str
    recognised_as: str
    receipt: Receipt


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
class Wishes:
    """What a person says about a file before it is taken in; what is not said is found out."""

    page: str = ""
    team: str = ""
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: Mapping[Field, str] | None = None


Watch = Callable[[int], None]


def take_in(
    queue: Queue,
    connection: Connection,
    paths: Sequence[Path],
    recognisers: Sequence[Recogniser],
    *,
    now: float,
    wishes: Wishes | None = None,
    watch: Watch | None = None,
) -> list[Intake]:
    """Queue the donors of some files, each file a batch; either all of them or, where one cannot be read, none.

    `watch` hears the number of rows read so far, and may raise to cancel. Raises ExportError or PageNeededError,
    whose texts are sentences for the person.
    """
    wishes = wishes or Wishes()
    sources = [(path, member) for path in paths for member in parts(path)]
    tables = [
        open_table(
            path,
            encoding=wishes.encoding,
            delimiter=wishes.delimiter,
            sheet=wishes.sheet,
            member=member or None,
        )
        for path, member in sources
    ]
    opened: list[Intake] = []
    try:
        intaker = _Intaker(queue, connection, recognisers, wishes, now, watch)
        opened.extend(intaker.take(table) for table in tables)
    except BaseException:
        for intake in opened:
            queue.drop_batch(intake.batch_id)
        raise
    for intake in opened:
        queue.close_batch(intake.batch_id)
    return opened


class _Intaker:
    def __init__(
        self,
        queue: Queue,
        connection: Connection,
        recognisers: Sequence[Recogniser],
        wishes: Wishes,
        now: float,
        watch: Watch | None,
    ) -> None:
        self._queue = queue
        self._connection = connection
        self._recognisers = recognisers
        self._wishes = wishes
        self._now = now
        self._watch = watch

    def take(self, table: Table) -> Intake:
        """Put a table's rows into a batch that is left open."""
        recognition = recognise(table, self._recognisers, self._wishes.columns)
        settings = self._connection.settings
        checked = check(
            table,
            recognition,
            scope=settings.scope,
            phone_style=settings.phone_style,
            page=self._wishes.page,
            team=self._wishes.team,
        )
        if CheckNeed.PAGE in checked.needs:
            raise PageNeededError(table.file_name)
        batch_id = self._queue.open_batch(
            self._connection.id,
            BatchSource(
                kind="file",
                file_name=table.file_name,
                sheet=table.sheet,
                sha256=table.sha256,
                fingerprint=recognition.fingerprint,
                header=table.header,
            ),
            self._now,
        )
        try:
            self._fill(batch_id, checked)
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise
        receipt = checked.receipt
        if not receipt.rows:
            self._queue.drop_batch(batch_id)
            raise ExportError(
                tr("“{name}” has a header but no donors below it. Nothing was queued.", name=table.file_name)
            )
        return Intake(batch_id=batch_id, file_name=table.file_name, recognised_as=recognition.label, receipt=receipt)

    def _fill(self, batch_id: int, checked: Check) -> None:
        rows = iter(checked)
        read = 0
        while chunk := [_new_record(row) for row in islice(rows, CHUNK)]:
            self._queue.add(self._connection.id, batch_id, chunk, self._now)
            read += len(chunk)
            if self._watch is not None:
                self._watch(read)
        gone = (
            (row, RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=by))
            for row, by in checked.superseded.items()
        )
        self._queue.correct(batch_id, gone, self._now)


def add_typed(queue: Queue, connection: Connection, checked: CheckedRow, *, now: float) -> Intake:
    """Queue one donor typed in by hand, as `check_typed` gave it."""
    batch_id = queue.open_batch(connection.id, BatchSource(kind="typed", file_name=tr("Typed in")), now)
    queue.add(connection.id, batch_id, [_new_record(checked)], now)
    counts = queue.close_batch(batch_id)
    receipt = Receipt(rows=1, waiting=counts.waiting, held=counts.held, skipped=counts.skipped)
    return Intake(batch_id=batch_id, file_name=tr("Typed in"), recognised_as="", receipt=receipt)


def _new_record(row: CheckedRow) -> NewRecord:
    return NewRecord(
        row=row.row,
        donor=row.donor,
        state=row.state,
        reason=row.reason,
        cells=row.cells,
        donation_id=row.record_id,
        donated_at=row.donated_at,
    )
