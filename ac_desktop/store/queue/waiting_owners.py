"""Who waits for an attempt: without it, one workstation of an office keeps all of a connection's attempts.

An owner comes before another one that holds more attempts, and of those that hold none whoever has waited longest. As
many attempts are left to those who come before. Where nobody waits nothing is written. The processes of one computer
share a queue without it.
"""

from typing import Final

from ac_desktop.store.ports import Fragments, Planned, Sql, Values, WriteScope

ASKED_WITHIN: Final = 3.0
"""Seconds for which an owner counts as waiting once it has asked: a worker asks again each second."""
_ASKS_AFTER: Final = 0.9
_HELD: Final = """
    (SELECT COUNT(DISTINCT COALESCE(claim_token, -id)) FROM record
        WHERE connection_id = :connection AND state = 'sending' AND owner = {})
"""
_BEFORE: Final = f"""
    (SELECT COUNT(*) FROM {{table}} w WHERE w.connection_id = :connection AND w.owner <> :owner
        AND w.asked > :now - {ASKED_WITHIN} AND (
            {_HELD.format("w.owner")} < {_HELD.format(":owner")}
            OR {_HELD.format("w.owner")} = 0 AND NOT EXISTS (
                SELECT 1 FROM {{table}} mine WHERE mine.connection_id = :connection AND mine.owner = :owner
                    AND mine.asked > :now - {ASKED_WITHIN}
                    AND (mine.since < w.since OR mine.since = w.since AND mine.owner < w.owner)
            )
        ))
"""
_FORGET: Final = "DELETE FROM {table} WHERE connection_id = :connection AND asked <= :now - 60"
_ASK: Final = f"""
    INSERT INTO {{table}} (connection_id, owner, since, asked)
    SELECT c.id, CAST(:owner AS TEXT), CAST(:now AS DOUBLE PRECISION), CAST(:now AS DOUBLE PRECISION)
    FROM connection c WHERE c.id = :connection AND (
        EXISTS (SELECT 1 FROM record WHERE connection_id = :connection AND state = 'sending' AND owner <> :owner)
        OR EXISTS (SELECT 1 FROM {{table}} w WHERE w.connection_id = :connection AND w.owner <> :owner)
    )
    ON CONFLICT (connection_id, owner) DO UPDATE SET asked = excluded.asked,
        since = CASE WHEN {{table}}.asked > excluded.asked - {ASKED_WITHIN} THEN {{table}}.since ELSE excluded.since END
"""
_CLAIMED: Final = "UPDATE {table} SET since = ? WHERE connection_id = ? AND owner = ?"


def number_before(fragments: Fragments) -> str:
    """Return the number of owners that come before `:owner`, as a part of a statement."""
    table = fragments.waiting_owners
    return "0" if table is None else _BEFORE.format(table=table)


class WaitingOwner:
    """This process as one that may have to wait for an attempt."""

    def __init__(self, fragments: Fragments, me: str) -> None:
        self._fragments = fragments
        self._table = fragments.waiting_owners
        self._me = me
        self._asked: dict[int, float] = {}

    def before_me(self, sql: Sql, connection_id: int, now: float) -> int:
        """Return the number of owners that come before this one."""
        if self._table is None:
            return 0
        row = sql.row(f"SELECT {number_before(self._fragments)} AS number", self._values(connection_id, now))
        return int(row["number"]) if row is not None else 0

    def ask(self, sql: Sql, connection_id: int, now: float) -> None:
        """Let the others know that this process waits, where there are others."""
        if self._table is None or abs(now - self._asked.get(connection_id, float("-inf"))) < _ASKS_AFTER:
            return
        self._asked[connection_id] = now
        values = self._values(connection_id, now)
        if sql.execute(_ASK.format(table=self._table), values):
            sql.execute(_FORGET.format(table=self._table), values)

    def note_claim(self, sql: Sql, connection_id: int, now: float) -> None:
        """Let others who hold no attempt come first the next time, as there is one for this process."""
        for statement, values in self._claimed(connection_id, now):
            sql.execute(statement, values)

    def planned_claim(self, connection_id: int, now: float) -> list[tuple[str, Values]]:
        """Return the same as statements of a transaction that claims first."""
        after_change = self._fragments.after_change
        return [(f"{statement} AND {after_change}", values) for statement, values in self._claimed(connection_id, now)]

    def planned_end(self, connection_id: int) -> Planned | None:
        """Return the transaction by which this process waits no longer, None where it does not."""
        if self._asked.pop(connection_id, None) is None:
            return None
        statement = f"DELETE FROM {self._table} WHERE connection_id = ? AND owner = ? RETURNING connection_id"
        return Planned(WriteScope.of(connection_id), ((statement, (connection_id, self._me)),))

    def _claimed(self, connection_id: int, now: float) -> list[tuple[str, Values]]:
        asked = self._asked.get(connection_id)
        if asked is None or abs(now - asked) > ASKED_WITHIN:
            return []
        return [(_CLAIMED.format(table=self._table), (now, connection_id, self._me))]

    def _values(self, connection_id: int, now: float) -> dict[str, object]:
        return {"connection": connection_id, "owner": self._me, "now": now}
