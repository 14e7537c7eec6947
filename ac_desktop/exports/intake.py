"""From files, or a typed donor, into a connection's queue: opened, recognised, checked, kept, with a receipt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ac_desktop.exports.archive import kept_open
from ac_desktop.exports.check import CheckedRow
from ac_desktop.exports.recall import recall
from ac_desktop.exports.receipt import Receipt
from ac_desktop.exports.recognisers import Recogniser, headings_of
from ac_desktop.exports.rows_into import StoredRows
from ac_desktop.exports.stager import PageNeededError, Staged, Stager, Watch, new_record
from ac_desktop.exports.status_columns import UnreadColumn
from ac_desktop.exports.table import Table
from ac_desktop.exports.wishes import Part, Wishes, parts_of
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import readable_date, tr
from ac_desktop.store.fingerprints import Fingerprints
from ac_desktop.store.layouts import Layouts
from ac_desktop.store.queue import Queue
from ac_desktop.store.records import BatchSource, Counts, Record

__all__ = ["Intake", "PageNeededError", "Wishes", "add_typed", "known_text", "receipt_of", "take_in"]


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What became of one file, or one typed donor: its batch and its balanced receipt."""

    batch_id: int
    file_name: str
    recognised_as: str
    receipt: Receipt
    uncorrected_rows: int = 0
    unread_columns: tuple[UnreadColumn, ...] = ()


def take_in(
    queue: Queue,
    fingerprints: Fingerprints,
    connection: Connection,
    paths: Sequence[Path],
    recognisers: Sequence[Recogniser],
    *,
    now: float,
    wishes: Wishes | None = None,
    again: bool = False,
    watch: Watch | None = None,
    layouts: Layouts | None = None,
    before_queueing: Callable[[Sequence[Staged]], None] | None = None,
) -> list[Intake]:
    """Queue the donors of some files, each file a batch; either all of them or, where one cannot be read, none.

    With `layouts`, what a person once said in the window about files with the same headings counts here too.
    Rows that an earlier batch of this connection brought unchanged are skipped, unless they are to go `again`.
    `watch` hears the number of rows read so far, and `before_queueing` what was read. Both may raise to cancel.
    Raises ExportError or PageNeededError, whose texts are sentences for the person.
    """
    wishes = wishes or Wishes()
    known = headings_of(tuple(recognisers))
    stager = Stager(
        queue,
        connection,
        recognisers,
        key=fingerprints.key(),
        now=now,
        into=StoredRows(queue, fingerprints),
        skip_known=not again,
        watch=watch,
    )
    staged: list[Staged] = []
    try:
        with kept_open():
            for part in parts_of(paths):
                table = part.open(wishes, known)
                staged.append(_staged(stager, layouts, table, part, wishes))
        if before_queueing is not None:
            before_queueing(staged)
    except BaseException:
        for one in staged:
            queue.drop_batch(one.batch_id)
        raise
    return [_queued(queue, fingerprints, one, now, compare=not again and at > 0) for at, one in enumerate(staged)]


def _staged(stager: Stager, layouts: Layouts | None, table: Table, part: Part, wishes: Wishes) -> Staged:
    if layouts is None:
        return stager.stage(table, stager.recognise(table, wishes), part, wishes)
    recalled = recall(layouts, stager, table, wishes)
    return stager.stage(table, recalled.recognition, part, recalled.wishes)


def _queued(queue: Queue, fingerprints: Fingerprints, staged: Staged, now: float, *, compare: bool) -> Intake:
    """Queue a batch; files taken in together are compared with each other too, the first being known by then."""
    if compare and not staged.is_correction:
        fingerprints.skip_known(staged.batch_id, now)
    counts = queue.close_batch(staged.batch_id, staged.receipt.rows, now=now)
    return Intake(
        batch_id=staged.batch_id,
        file_name=staged.file_name,
        recognised_as=staged.recognised_as,
        receipt=receipt_of(counts, staged.receipt.rows),
        uncorrected_rows=staged.uncorrected_rows,
        unread_columns=staged.unread_columns,
    )


def add_typed(queue: Queue, connection: Connection, checked: CheckedRow, *, now: float) -> Intake:
    """Queue one donor typed in by hand, as `check_typed` gave it."""
    batch_id = queue.open_batch(connection.id, BatchSource(kind="typed"), now)
    queue.add(connection.id, batch_id, [new_record(checked)], now)
    counts = queue.close_batch(batch_id, 1)
    return Intake(batch_id=batch_id, file_name=tr("Typed in"), recognised_as="", receipt=receipt_of(counts, 1))


def known_text(record: Record) -> str:
    """Return where a donor already is who is typed in again."""
    email, day = record.donor.email, readable_date(_day(record.changed_at))
    match record.state:
        case RecordState.SENT:
            return tr("{email} was already sent on {date}.", email=email, date=day)
        case RecordState.WAITING | RecordState.SENDING:
            return tr("{email} is already in the queue, since {date}.", email=email, date=day)
        case _:
            return tr("{email} is already in the queue and needs to be fixed.", email=email)


def _day(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().date().isoformat()


def receipt_of(counts: Counts, rows: int, withdrawn: int = 0) -> Receipt:
    """Put what the reader counted beside where the records stand."""
    return Receipt(
        rows=rows,
        waiting=counts.waiting,
        held=counts.held,
        skipped=counts.skipped,
        sent=counts.sent,
        failed=counts.failed,
        sending=counts.sending,
        withdrawn=withdrawn,
    )
