"""Leases that protect claims: which are in flight, and those of dead processes, which are released (rule 13)."""

import time
from collections.abc import Callable
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.store.agreed_time import JUMP
from ac_desktop.store.connections import connections
from ac_desktop.store.ports import Owners, Sql
from ac_desktop.store.statements import back_to_waiting

PAGE_RELEASED: Final = "owner = NULL, lease_until = NULL, claim_token = NULL"
TOKEN_BITS: Final = 62
LAST_RECORD: Final = (1 << 62) - 1
_CLAIMED: Final = """
    SELECT owner, MIN(lease_until) AS lease_until, COUNT(DISTINCT COALESCE(claim_token, -id)) AS attempts FROM record
    WHERE connection_id = ? AND state = 'sending' GROUP BY owner
"""


class Leases:
    """Counts attempts in flight, and releases the claims of dead processes.

    `steady` is a monotonic clock: another computer's lease that is not renewed for a whole lease's time is over,
    whatever the system's clock shows.
    """

    def __init__(self, owners: Owners, steady: Callable[[], float] = time.monotonic) -> None:
        self._owners = owners
        self._steady = steady
        self._unrenewed: dict[tuple[int, str], tuple[float, float]] = {}

    @property
    def me(self) -> str:
        """The owner name of this process."""
        return self._owners.me

    def is_dead(self, owner: str) -> bool:
        """Whether the owner is known to be dead."""
        return self._owners.is_dead(owner)

    def is_here(self, owner: str) -> bool:
        """Whether the owner is, or was, a process of this computer."""
        return self._owners.is_here(owner)

    def ready(self, sql: Sql, connection_id: int, now: float) -> Connection | None:
        """Return a connection that may attempt something now, once the claims of dead processes are released."""
        connection = connections.read(sql, connection_id)
        if connection is None:
            return None
        in_flight, _ = self.in_flight(sql, connection_id, now)
        return connection if rules.may_attempt(connection.circuit, in_flight, now) else None

    def in_flight(self, sql: Sql, connection_id: int, now: float) -> tuple[int, bool]:
        """Release the claims of dead processes; return the number of attempts in flight and whether there are any.

        The records of one claim are one attempt, and so is the page of a list that is read back.
        """
        live = 0
        for claimed in sql.rows(_CLAIMED, (connection_id,)):
            owner = claimed["owner"]
            if self._is_over(connection_id, owner, claimed["lease_until"], now):
                where = "connection_id = ? AND state = 'sending' AND owner = ?"
                back_to_waiting(sql, where, (connection_id, owner), now)
            else:
                live += claimed["attempts"]
        live += self._pages_in_flight(sql, connection_id, now)
        return live, live > 0

    def _pages_in_flight(self, sql: Sql, connection_id: int, now: float) -> int:
        """Return 1 where a page of the list is being read back, else 0; release it where its owner is dead."""
        page = sql.row(
            "SELECT owner, lease_until FROM list_reading WHERE connection_id = ? AND owner IS NOT NULL",
            (connection_id,),
        )
        if page is None:
            return 0
        if not self._is_over(connection_id, page["owner"], page["lease_until"], now):
            return 1
        sql.execute(f"UPDATE list_reading SET {PAGE_RELEASED} WHERE connection_id = ?", (connection_id,))
        return 0

    def free_siblings(self, sql: Sql, connection: Connection, now: float) -> None:
        """Release the claims of dead processes on the account's other connections, which block the same people."""
        siblings = sql.rows(
            "SELECT id FROM connection c WHERE account = ? AND id <> ? AND EXISTS"
            " (SELECT 1 FROM record WHERE connection_id = c.id AND state = 'sending')",
            (connection.account, connection.id),
        )
        for sibling in siblings:
            self.in_flight(sql, sibling["id"], now)

    def _is_over(self, connection_id: int, owner: str, lease_until: float, now: float) -> bool:
        """Whether a claim's owner is dead, or its lease over."""
        if owner == self.me:
            return False
        return self.is_dead(owner) or self._lease_over(connection_id, owner, lease_until, now)

    def _lease_over(self, connection_id: int, owner: str, lease_until: float, now: float) -> bool:
        """Whether another computer's lease is over, by the clock or because it is not renewed.

        Where the clock shows an end more than a day ago, it may be wrong and the owner alive.
        """
        if self.is_here(owner):
            return False
        kept, since = self._unrenewed.get((connection_id, owner), (None, 0.0))
        if kept != lease_until:
            since = self._steady()
            self._unrenewed[connection_id, owner] = (lease_until, since)
        return lease_until < now <= lease_until + JUMP or self._steady() - since > rules.LEASE
