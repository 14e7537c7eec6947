"""Puts a table's rows into a batch that is left open, for a person or a command to queue or to drop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.exports.check import Check, CheckedRow, CheckNeed, check
from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.judge import Gift
from ac_desktop.exports.portion import Portion
from ac_desktop.exports.receipt import Receipt
from ac_desktop.exports.recognise import Recognition, recognise
from ac_desktop.exports.recognisers import Recogniser
from ac_desktop.exports.rows_into import Filling, RowsInto
from ac_desktop.exports.table import Table
from ac_desktop.exports.warnings import to_json
from ac_desktop.exports.wishes import Part, Wishes
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.store.queue import Queue
from ac_desktop.store.records import BatchSource, NewRecord, NewRows, Standing, pack_rows

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
    """Stages tables for one connection; `owner` is the process with which an open batch goes.

    Rows that an earlier batch of the connection brought unchanged are skipped where `skip_known` says so; `into` is
    where the rows go.
    """

    def __init__(
        self,
        queue: Queue,
        connection: Connection,
        recognisers: Sequence[Recogniser],
        *,
        key: bytes,
        now: float,
        into: RowsInto,
        skip_known: bool = True,
        watch: Watch | None = None,
        owner: str | None = None,
    ) -> None:
        self._queue = queue
        self._into = into
        self._skip_known = skip_known
        self._connection = connection
        self.recognisers = tuple(recognisers)
        self._key = key
        self._now = now
        self._watch = watch
        self._owner = owner

    def recognise(self, table: Table, wishes: Wishes) -> Recognition:
        """Tell whose file it is, as wished."""
        return recognise(
            table, self.recognisers, wishes.columns, date_order=wishes.date_order, chosen=wishes.recogniser
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
            table.confirm()
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
        read = 0
        self._into.begin(Filling(self._connection.id, batch_id, self._key, self._now, self._skip_known))
        for portion in checked.portions(CHUNK):
            self._into.add(new_rows(portion))
            read += len(portion.numbers)
            if self._watch is not None:
                self._watch(read)
        self._into.finish(checked.superseded)


def new_rows(portion: Portion) -> NewRows:
    """Make a portion ready to be stored."""
    by_gift = {gift: _standing(gift, portion.source) for gift in {*portion.gifts}}
    standings = list(map(by_gift.__getitem__, portion.gifts))
    for place, row in portion.odd.items():
        standings[place] = _standing(portion.gifts[place], portion.source, row)
    return NewRows(
        rows=portion.numbers,
        emails=portion.emails,
        phones=portion.phones,
        first_names=portion.first_names,
        last_names=portion.last_names,
        standings=standings,
        donation_ids=portion.record_ids,
        donated_at=portion.donated_at,
        row_hashes=(),
        cells=pack_rows(portion.cells),
    )


def _standing(gift: Gift, source: str, row: CheckedRow | None = None) -> Standing:
    state, why = (gift.state, gift.reason) if row is None else (row.state, row.reason)
    warnings = None if row is None else to_json(row.warnings)
    return source, gift.page, gift.page_name, gift.team, state.value, why.to_json() if why else None, warnings


def new_record(row: CheckedRow) -> NewRecord:
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
