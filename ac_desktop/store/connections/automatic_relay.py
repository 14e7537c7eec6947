"""The switch *Relay automatically* of each connection, and which records it covers (rule 15)."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import Database, Sql, WriteScope

_NOT_LOADING: Final = "batch_id NOT IN (SELECT id FROM batch WHERE loading_owner IS NOT NULL)"
_WAITS: Final = "state = 'waiting' AND step <> 'result'"
_COVERED: Final = (
    "FROM record r JOIN automatic_relay a ON a.connection_id = r.connection_id AND a.is_on = 1"
    " AND a.turn = r.automatic_turn"
    f" WHERE r.connection_id = ? AND r.state = 'waiting' AND r.step <> 'result' AND r.{_NOT_LOADING}"
)
"""The records of a connection that wait to be relayed automatically: none where the switch is off."""
TURN_IN_USE: Final = "SELECT turn FROM automatic_relay WHERE connection_id = ? AND is_on = 1"


@dataclass(frozen=True, kw_only=True)
class AutomaticSwitch:
    """The switch of a connection, and who changed it last and when; None where nobody ever has."""

    is_on: bool = False
    changed_at: float | None = None
    changed_by: str = ""


@dataclass(frozen=True)
class RelayPermit:
    """The permission to relay automatically what comes in for a connection, as of the moment it was asked for.

    It ends when the switch is turned off, for good: turned on again, the switch gives another one.
    """

    connection_id: int
    turn: int


def turn_in_use(sql: Sql | Database, connection_id: int) -> int | None:
    """Return the present turn of a connection's switch, None where it is off; within the caller's transaction."""
    row = sql.row(TURN_IN_USE, (connection_id,))
    return int(row["turn"]) if row else None


def switch_off(sql: Sql, connection_id: int, now: float) -> None:
    """Turn the switch off within the caller's transaction, with an event where it was on."""
    changed = sql.execute(
        "UPDATE automatic_relay SET is_on = 0, changed_at = ?, changed_by = ? WHERE connection_id = ? AND is_on = 1",
        (now, sql.person(), connection_id),
    )
    if changed:
        insert_event(sql, connection_id, EventKind.AUTOMATIC_OFF, now)


class AutomaticRelays:
    """The switches of all connections. Every change is recorded with who made it and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def switch(self, connection_id: int) -> AutomaticSwitch:
        """Return the switch of a connection: off until a person turns it on."""
        row = self._database.row(
            "SELECT is_on, changed_at, changed_by FROM automatic_relay WHERE connection_id = ?", (connection_id,)
        )
        if row is None:
            return AutomaticSwitch()
        return AutomaticSwitch(is_on=bool(row["is_on"]), changed_at=row["changed_at"], changed_by=row["changed_by"])

    def turn_on(self, connection_id: int, now: float, *, with_waiting: bool = False) -> None:
        """Turn the switch on: what comes in by itself from now on is relayed.

        What waits already is covered only where the person says so by `with_waiting`. Does nothing to a switch that is
        on, but for that.
        """
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            turn = turn_in_use(sql, connection_id)
            if turn is None:
                turn = _next_turn(sql, connection_id, now)
                insert_event(sql, connection_id, EventKind.AUTOMATIC_ON, now)
            if with_waiting:
                sql.execute(
                    f"UPDATE record SET automatic_turn = ? WHERE connection_id = ? AND {_WAITS} AND {_NOT_LOADING}",
                    (turn, connection_id),
                )

    def turn_off(self, connection_id: int, now: float) -> None:
        """Turn the switch off; attempts in flight may finish, nothing else leaves by itself."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            switch_off(sql, connection_id, now)

    def permit(self, connection_id: int) -> RelayPermit | None:
        """Return the permission for what is about to come in, None where the switch is off.

        It is asked for before anything is read, so that nothing queued before the switch was turned on is covered.
        """
        turn = turn_in_use(self._database, connection_id)
        return None if turn is None else RelayPermit(connection_id, turn)

    def cover(self, permit: RelayPermit | None, batch_id: int) -> None:
        """Allow a batch's waiting records to be relayed automatically; without a permission they wait for a person.

        Before the batch is closed, so that both are one step: a process that dies between the two leaves nothing.
        """
        if permit is None:
            return
        with self._database.writing(WriteScope.of(permit.connection_id)) as sql:
            sql.execute(
                f"UPDATE record SET automatic_turn = :turn WHERE connection_id = :connection AND {_WAITS}"
                " AND id BETWEEN (SELECT first_record FROM batch WHERE id = :batch)"
                " AND (SELECT last_record FROM batch WHERE id = :batch) AND batch_id = :batch",
                {"turn": permit.turn, "connection": permit.connection_id, "batch": batch_id},
            )

    def waiting(self, connection_id: int) -> int:
        """Return the number of records that wait to be relayed automatically; 0 where the switch is off."""
        row = self._database.row(f"SELECT COUNT(*) AS number {_COVERED}", (connection_id,))
        return int(row["number"]) if row else 0

    def has_waiting(self, connection_id: int) -> bool:
        """Whether a record waits to be relayed automatically, which counting a long queue would take 50 ms to say."""
        return self._database.row(f"SELECT 1 {_COVERED} LIMIT 1", (connection_id,)) is not None


def _next_turn(sql: Sql, connection_id: int, now: float) -> int:
    sql.execute(
        "INSERT INTO automatic_relay (connection_id, is_on, turn, changed_at, changed_by) VALUES (?, 1, 1, ?, ?)"
        " ON CONFLICT (connection_id) DO UPDATE SET is_on = 1, turn = automatic_relay.turn + 1,"
        " changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        (connection_id, now, sql.person()),
    )
    turn = turn_in_use(sql, connection_id)
    if turn is None:
        raise LookupError("This connection no longer exists")
    return turn
