"""The effect of another scope on records that have not been relayed: some become skipped, some waiting again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reason_codes import ALREADY, BY_SCOPE
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.rules import DatedRow, duplicates
from ac_desktop.model.scope import Scope, ScopeVerdict
from ac_desktop.model.states import RecordState
from ac_desktop.store.agreed_time import stamp
from ac_desktop.store.ports import Row, Sql

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
    """A record whose state changes under another scope."""

    record_id: int
    before: RecordState
    after: RecordState
    reason: Reason | None


@dataclass(frozen=True)
class _ScopedRow:
    record_id: int
    row: int
    donor: Donor
    when: datetime | None
    state: RecordState
    reason: Reason | None

    @property
    def is_open(self) -> bool:
        """Whether this record's state depends on the scope."""
        if self.state is RecordState.WAITING:
            return True
        decided = self.state in {RecordState.HELD, RecordState.SKIPPED}
        return decided and self.reason is not None and self.reason.code in BY_SCOPE

    @property
    def represents_donor(self) -> bool:
        """Whether this record is the one relayed for its donor, so that no other row of the batch is."""
        if self.is_open:
            return False
        known = self.reason is not None and self.reason.code in ALREADY
        return known or self.state is not RecordState.SKIPPED


def moves(sql: Sql, connection_id: int, scope: Scope) -> Iterator[Move]:
    """Yield every record whose state changes under `scope`; one relay per donor and batch stays the rule (11)."""
    rows = sql.rows(
        "SELECT id, row, email, page, page_name, team, donated_at, state, reason, batch_id FROM record"
        " WHERE connection_id = ? AND forgotten_at IS NULL ORDER BY batch_id, email, row",
        (connection_id,),
    )
    for _, group in groupby(rows, key=lambda row: (row["batch_id"], row["email"])):
        yield from _moves_of_donor([_scoped_row(row) for row in group], scope)


def apply(sql: Sql, connection_id: int, scope: Scope, now: float) -> None:
    """Apply `scope` to every record, within the caller's transaction."""
    _store_moves(sql, list(moves(sql, connection_id, scope)), now)


def _store_moves(sql: Sql, found: list[Move], now: float) -> None:
    changed = [(move.record_id, move.after.value, move.reason.to_json() if move.reason else None) for move in found]
    sql.update("record", ("state", "reason"), changed, {"changed_at": stamp(sql, now)})


def reapply(sql: Sql, batch_id: int, email: str, scope: Scope, now: float) -> None:
    """Apply scope and duplicates again to a donor's rows in a batch, as one of them was edited (rule 11)."""
    if not email:
        return
    rows = sql.rows(
        _OF_DONOR.format(source=_IN_SPAN if is_staged(sql, batch_id) else _BY_ADDRESS),
        {"batch": batch_id, "email": email},
    )
    _store_moves(sql, list(_moves_of_donor([_scoped_row(row) for row in rows], scope)), now)


def is_staged(sql: Sql, batch_id: int) -> bool:
    """Whether a batch is still open; the index of addresses has its records only once it is closed."""
    found = sql.row("SELECT loading_owner FROM batch WHERE id = ?", (batch_id,))
    return found is not None and found["loading_owner"] is not None


def _moves_of_donor(lines: list[_ScopedRow], scope: Scope) -> Iterator[Move]:
    """Yield the changes of the rows of one donor in one batch."""
    representative = next((line for line in lines if line.represents_donor), None)
    in_scope: list[_ScopedRow] = []
    for line in lines:
        if not line.is_open:
            continue
        decision = scope.decide(line.donor)
        if decision.verdict is ScopeVerdict.IN:
            in_scope.append(line)
        else:
            state = RecordState.SKIPPED if decision.verdict is ScopeVerdict.OUT else RecordState.HELD
            yield from _moved(line, state, decision.reason)
    if representative is not None:
        for line in in_scope:
            if line.state is not RecordState.WAITING:
                yield from _moved(line, RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=representative.row))
        return
    replaced = duplicates(DatedRow(line.row, line.donor.email, line.when) for line in in_scope)
    for line in in_scope:
        by = replaced.get(line.row)
        if by is None:
            yield from _moved(line, RecordState.WAITING, None)
        else:
            yield from _moved(line, RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=by))


def _moved(line: _ScopedRow, state: RecordState, why: Reason | None) -> Iterator[Move]:
    if (line.state, line.reason) != (state, why):
        yield Move(line.record_id, line.state, state, why)


def _scoped_row(row: Row) -> _ScopedRow:
    donor = Donor(email=row["email"], page=row["page"], page_name=row["page_name"], team=row["team"])
    return _ScopedRow(
        record_id=row["id"],
        row=row["row"],
        donor=donor,
        when=datetime.fromisoformat(row["donated_at"]).replace(tzinfo=None) if row["donated_at"] else None,
        state=RecordState(row["state"]),
        reason=Reason.from_json(row["reason"]) if row["reason"] else None,
    )
