"""What another scope makes of records that have not been relayed: some become skipped, skipped ones come back."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.rules import DatedRow, duplicates
from ac_desktop.model.scope import Scope, ScopeVerdict
from ac_desktop.model.states import RecordState
from ac_desktop.store.privacy.agreed_time import stamp

BY_SCOPE: Final = frozenset({
    ReasonCode.PAGE_EXCLUDED,
    ReasonCode.PAGE_NOT_CHOSEN,
    ReasonCode.PAGE_NOT_IN_TEAM,
    ReasonCode.PAGE_UNKNOWN,
    ReasonCode.TEAM_UNKNOWN,
    ReasonCode.OTHER_TEAM,
    ReasonCode.DUPLICATE_ROW,
})  # fmt: skip
"""The reasons that another scope can take away or bring."""


ALREADY: Final = frozenset({ReasonCode.ALREADY_SENT, ReasonCode.ALREADY_QUEUED})
"""The reasons of rows that came unchanged in an earlier batch."""

_OF_DONOR: Final = """
    SELECT r.id, r.row, r.email, r.page, r.page_name, r.team, r.donated_at, r.state, r.reason, r.batch_id
    FROM {source} ORDER BY r.row
"""
_BY_ADDRESS: Final = "email_at e JOIN record r ON r.id = e.record_id WHERE e.email = :email AND r.batch_id = :batch"
_IN_SPAN: Final = """
    batch b JOIN record r ON r.id BETWEEN b.first_record AND b.last_record AND r.batch_id = b.id
    WHERE b.id = :batch AND r.email = :email
"""


@dataclass(frozen=True)
class Move:
    """A record that another scope puts elsewhere."""

    record_id: int
    before: RecordState
    after: RecordState
    reason: Reason | None


@dataclass(frozen=True)
class _Line:
    record_id: int
    row: int
    donor: Donor
    when: datetime | None
    state: RecordState
    reason: Reason | None

    @property
    def is_open(self) -> bool:
        """Whether the scope decides about this record."""
        if self.state is RecordState.WAITING:
            return True
        decided = self.state in {RecordState.HELD, RecordState.SKIPPED}
        return decided and self.reason is not None and self.reason.code in BY_SCOPE

    @property
    def is_settled(self) -> bool:
        """Whether this record stands for its donor already, so that no other row of the batch goes."""
        if self.is_open:
            return False
        known = self.reason is not None and self.reason.code in ALREADY
        return known or self.state is not RecordState.SKIPPED


def moves(sql: sqlite3.Connection, connection_id: int, scope: Scope) -> Iterator[Move]:
    """Return every record that stands elsewhere under `scope`; one relay per donor and batch stays the rule (11)."""
    rows = sql.execute(
        "SELECT id, row, email, page, page_name, team, donated_at, state, reason, batch_id FROM record"
        " WHERE connection_id = ? AND forgotten_at IS NULL ORDER BY batch_id, email, row",
        (connection_id,),
    )
    for _, group in groupby(rows, key=lambda row: (row[9], row[2])):
        yield from _regrouped([_line(row) for row in group], scope)


def apply(sql: sqlite3.Connection, connection_id: int, scope: Scope, now: float) -> None:
    """Put every record where it stands under `scope`, within the caller's transaction."""
    _put(sql, list(moves(sql, connection_id, scope)), now)


def _put(sql: sqlite3.Connection, found: list[Move], now: float) -> None:
    at = stamp(sql, now)
    sql.executemany(
        "UPDATE record SET state = ?, reason = ?, changed_at = ? WHERE id = ?",
        [(move.after.value, move.reason.to_json() if move.reason else None, at, move.record_id) for move in found],
    )


def resettle(sql: sqlite3.Connection, batch_id: int, email: str, scope: Scope, now: float) -> None:
    """Decide anew which of a donor's rows in a batch goes, as one of them was edited (rule 11)."""
    if not email:
        return
    rows = sql.execute(
        _OF_DONOR.format(source=_IN_SPAN if is_staged(sql, batch_id) else _BY_ADDRESS),
        {"batch": batch_id, "email": email},
    )
    _put(sql, list(_regrouped([_line(row) for row in rows.fetchall()], scope)), now)


def is_staged(sql: sqlite3.Connection, batch_id: int) -> bool:
    """Whether a batch is still open; the index of addresses knows its records only once it is closed."""
    found = sql.execute("SELECT loading_owner IS NOT NULL FROM batch WHERE id = ?", (batch_id,)).fetchone()
    return found is not None and bool(found[0])


def _regrouped(lines: list[_Line], scope: Scope) -> Iterator[Move]:
    """Decide about the rows of one donor in one batch."""
    settled = next((line for line in lines if line.is_settled), None)
    ours: list[_Line] = []
    for line in lines:
        if not line.is_open:
            continue
        judged = scope.judge(line.donor)
        if judged.verdict is ScopeVerdict.IN:
            ours.append(line)
        else:
            state = RecordState.SKIPPED if judged.verdict is ScopeVerdict.OUT else RecordState.HELD
            yield from _moved(line, state, judged.reason)
    if settled is not None:
        for line in ours:
            if line.state is not RecordState.WAITING:
                yield from _moved(line, RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=settled.row))
        return
    gone = duplicates(DatedRow(line.row, line.donor.email, line.when) for line in ours)
    for line in ours:
        by = gone.get(line.row)
        if by is None:
            yield from _moved(line, RecordState.WAITING, None)
        else:
            yield from _moved(line, RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=by))


def _moved(line: _Line, state: RecordState, why: Reason | None) -> Iterator[Move]:
    if (line.state, line.reason) != (state, why):
        yield Move(line.record_id, line.state, state, why)


def _line(row: tuple[Any, ...]) -> _Line:
    donor = Donor(email=row[2], page=row[3], page_name=row[4], team=row[5])
    return _Line(
        record_id=row[0],
        row=row[1],
        donor=donor,
        when=datetime.fromisoformat(row[6]).replace(tzinfo=None) if row[6] else None,
        state=RecordState(row[7]),
        reason=Reason.from_json(row[8]) if row[8] else None,
    )
