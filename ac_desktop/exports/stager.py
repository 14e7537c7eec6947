"""Puts a table's rows into a batch that is left open, for a person or a command to queue or to drop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ac_desktop.exports.check import Check, CheckedRow, CheckNeed, check
from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.receipt import Receipt
from ac_desktop.exports.recognise import Recognition, recognise
from ac_desktop.exports.recognisers import Recogniser
from ac_desktop.exports.table import Table
from ac_desktop.exports.warnings import to_json
from ac_desktop.exports.wishes import Part, Wishes
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.fingerprints import row_hash
from ac_desktop.store.queue import Queue
from ac_desktop.store.records import BatchSource, NewRecord

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
class Staged:
    """A batch that is read whole and still open; `receipt` is what the reader counted."""

    batch_id: int
    file_name: str
    recognised_as: str
    receipt: Receipt
    blank_rows: int = 0
    trailer_rows: int = 0


class Stager:
    """Stages tables for one connection; `owner` is the process with which an open batch goes."""

    def __init__(
        self,
        queue: Queue,
        connection: Connection,
        recognisers: Sequence[Recogniser],
        *,
        key: bytes,
        now: float,
        watch: Watch | None = None,
        owner: str | None = None,
    ) -> None:
        self._queue = queue
        self._connection = connection
        self._recognisers = recognisers
        self._key = key
        self._now = now
        self._watch = watch
        self._owner = owner

    def recognise(self, table: Table, wishes: Wishes) -> Recognition:
        """Tell whose file it is, as wished."""
        return recognise(
            table, self._recognisers, wishes.columns, date_order=wishes.date_order, chosen=wishes.recogniser
        )

    def stage(self, table: Table, recognition: Recognition, part: Part, wishes: Wishes) -> Staged:
        """Put a table's rows into an open batch. Raises ExportError or PageNeededError."""
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
        batch_id = self._queue.open_batch(
            self._connection.id,
            BatchSource(
                kind=part.kind,
                file_name=table.file_name,
                sheet=table.sheet,
                sha256=table.sha256,
                fingerprint=recognition.fingerprint,
                header=table.header,
                recognised_as=recognition.label,
            ),
            self._now,
            owner=self._owner,
        )
        try:
            self._fill(batch_id, checked)
        except BaseException:
            self._queue.drop_batch(batch_id)
            raise
        if not checked.receipt.rows:
            self._queue.drop_batch(batch_id)
            raise ExportError(
                tr("“{name}” has a header but no donors below it. Nothing was queued.", name=table.file_name)
            )
        return Staged(
            batch_id=batch_id,
            file_name=table.file_name,
            recognised_as=recognition.label,
            receipt=checked.receipt,
            blank_rows=table.blank_rows,
            trailer_rows=len(table.trailer_rows),
        )

    def _fill(self, batch_id: int, checked: Check) -> None:
        rows = iter(checked)
        read = 0
        while chunk := [new_record(row, self._key) for row in islice(rows, CHUNK)]:
            self._queue.add(self._connection.id, batch_id, chunk, self._now)
            read += len(chunk)
            if self._watch is not None:
                self._watch(read)
        if checked.superseded:
            gone = (
                (row, RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=by))
                for row, by in checked.superseded.items()
            )
            self._queue.correct(batch_id, gone, self._now)


def new_record(row: CheckedRow, key: bytes = b"") -> NewRecord:
    """Make a record of a checked row; with a key it is known again when it comes unchanged."""
    cells = row.cells if row.state is RecordState.HELD else None
    return NewRecord(
        row=row.row,
        donor=row.donor,
        state=row.state,
        reason=row.reason,
        cells=row.cells,
        donation_id=row.record_id,
        donated_at=row.donated_at,
        warnings=to_json(row.warnings) if row.warnings else None,
        row_hash=row_hash(key, row.donor, row.record_id, row.donated_at, cells) if key else None,
    )
