"""The duties of accounts in an office: rows that expire by the server's clock, renewed on the beats of a process."""

import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ac_desktop.platform.steady_time import steady_seconds
from ac_desktop.store.engines.postgres.owners import PostgresOwners
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.engines.postgres.values import list_value
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.duty import DUTY_LASTS, DutyHolder, DutyWish

if TYPE_CHECKING:
    from ac_desktop.store.engines.postgres.database import PostgresDatabase
    from ac_desktop.store.ports import Row

ASKED_EVERY: Final = 5.0
"""Seconds for which it is known that another workstation has a duty."""
_UNTIL: Final = f"extract(epoch FROM clock_timestamp()) + {DUTY_LASTS:.0f}"
_TAKE: Final = f"""
    WITH taken AS (
        INSERT INTO duty (account, owner, wish, until) VALUES (:account, :me, :wish, {_UNTIL})
        ON CONFLICT (account) DO UPDATE SET owner = excluded.owner, until = excluded.until,
            wish = CASE WHEN duty.owner = excluded.owner THEN greatest(duty.wish, excluded.wish)
                ELSE excluded.wish END
        WHERE duty.owner = excluded.owner OR duty.until <= extract(epoch FROM clock_timestamp())
            OR excluded.wish > duty.wish OR (excluded.wish = {DutyWish.HERE:d} AND duty.wish = {DutyWish.HERE:d})
            OR NOT EXISTS (SELECT FROM owner WHERE owner.id = duty.owner)
        RETURNING owner, wish
    )
    SELECT owner, wish, TRUE AS is_ours, '{{}}'::bigint[] AS relaying, '' AS workstation, '' AS person FROM taken
    UNION ALL
    SELECT duty.owner, duty.wish, FALSE, COALESCE(owner.relaying, '{{}}'), owner.workstation, owner.person
        FROM duty LEFT JOIN owner ON owner.id = duty.owner
        WHERE duty.account = :account AND NOT EXISTS (SELECT FROM taken)
"""
_LEAVE: Final = "DELETE FROM duty WHERE account = ? AND owner = ?"
_LEAVE_ALL: Final = "DELETE FROM duty WHERE owner = ?"
RENEW: Final = f"UPDATE duty SET until = {_UNTIL} WHERE owner = $1 AND account = ANY($2) RETURNING account"
_RELAYING: Final = "UPDATE owner SET relaying = ? WHERE id = ?"


@dataclass(frozen=True)
class _Held:
    """A duty of ours, and until when that is certain, by `steady_seconds`."""

    wish: DutyWish
    until: float


@dataclass(frozen=True)
class _Elsewhere:
    """What was known of a duty of another workstation, and until when it is not asked again."""

    holder: DutyHolder | None
    relaying: frozenset[int]
    until: float


class PostgresDuties:
    """The duties of this process. One that it has costs no question, and one statement each time the process beats.

    A holder that has died is seen at once where that can be seen, else when its row expires.
    """

    is_shared: Final = True

    def __init__(self, database: "PostgresDatabase", owners: PostgresOwners) -> None:
        self._database = database
        self._owners = owners
        self._asking = threading.RLock()
        self._is_kept = False
        self._lock = threading.Lock()
        self._held: dict[str, _Held] = {}
        self._elsewhere: dict[str, _Elsewhere] = {}
        self._relays: Counter[tuple[int, str]] = Counter()

    def take(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> bool:
        """Take the duty of an account, or keep it; return whether it is ours now."""
        with self._asking:
            held = self._held_now(account)
            if held is not None and held.wish >= wish:
                return True
            if wish is not DutyWish.HERE and self._known_elsewhere(account) is not None:
                return False
            self._keep()
            return self._ask(account, wish)

    def holder(self, account: str) -> DutyHolder | None:
        """Return the other workstation that has a duty, as it was known when it was last taken in vain."""
        known = self._known_elsewhere(account)
        return known.holder if known is not None else None

    def leave(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> None:
        """Leave a duty that was taken by this wish to others, unless a relay of the account is under way here."""
        with self._asking:
            held = self._held.get(account)
            if held is None or held.wish > wish or self._is_relaying(account):
                return
            with self._lock:
                del self._held[account]
            self._database.rows(_LEAVE, (account, self._owners.me))

    def relay_begins(self, connection_id: int, account: str) -> None:
        """Show that a relay of a connection is under way here, and take the account's duty where it is free."""
        with self._asking:
            self.take(account)
            self._count((connection_id, account), 1)

    def relay_ends(self, connection_id: int, account: str) -> None:
        """Show that it has ended; a duty that nobody chose is given back."""
        with self._asking:
            if self._relays[connection_id, account] > 0:
                self._count((connection_id, account), -1)
            self.leave(account)

    def is_left_to_another(self, connection_id: int, account: str) -> bool:
        """Whether another workstation has the duty and relays the connection, so that its work is left to it."""
        if self.take(account):
            return False
        elsewhere = self._known_elsewhere(account)
        return elsewhere is not None and connection_id in elsewhere.relaying

    def close(self) -> None:
        """Leave all duties to others."""
        with self._lock:
            self._held.clear()
        if not self._is_kept or not self._database.listener.proven():
            return
        # What cannot be given back expires.
        with suppress(StoreError):
            self._database.leave(self)
            self._database.rows(_LEAVE_ALL, (self._owners.me,))
            self._database.rows(_RELAYING, (list_value(()), self._owners.me))

    def begin(self, sql: Connection) -> None:
        """Renew what is ours on a new connection."""
        self.beat(sql)

    def beat(self, sql: Connection) -> None:
        """Renew what is ours, and see what another workstation has taken."""
        with self._lock:
            before = dict(self._held)
        if not before:
            return
        until = steady_seconds() + DUTY_LASTS
        renewed = {account for (account,) in sql.execute(RENEW, (self._owners.me, list_value(before))).fetchall()}
        with self._lock:
            for account, held in before.items():
                if self._held.get(account) is held:
                    self._held[account] = _Held(held.wish, until if account in renewed else float("-inf"))

    def end(self, sql: Connection) -> None:
        """Do nothing: all was given back."""

    def _ask(self, account: str, wish: DutyWish) -> bool:
        until = steady_seconds() + DUTY_LASTS
        values = {"account": account, "me": self._owners.me, "wish": int(wish)}
        found = self._database.row(_TAKE, values)
        if found is not None and not found["is_ours"] and self._owners.is_dead(found["owner"]):
            self._database.rows(_LEAVE, (account, found["owner"]))
            found = self._database.row(_TAKE, values)
        with self._lock:
            if found is not None and found["is_ours"]:
                self._held[account] = _Held(DutyWish(found["wish"]), until)
                self._elsewhere.pop(account, None)
                return True
            self._held.pop(account, None)
            self._elsewhere[account] = _elsewhere(found)
        return False

    def _keep(self) -> None:
        """Renew from now on."""
        if not self._is_kept:
            self._database.keep(self)
            self._is_kept = True

    def _held_now(self, account: str) -> _Held | None:
        with self._lock:
            held = self._held.get(account)
        return held if held is not None and steady_seconds() < held.until else None

    def _known_elsewhere(self, account: str) -> _Elsewhere | None:
        with self._lock:
            known = self._elsewhere.get(account)
        return known if known is not None and steady_seconds() < known.until else None

    def _is_relaying(self, account: str) -> bool:
        return any(number and of == account for (_, of), number in self._relays.items())

    def _count(self, relay: tuple[int, str], change: int) -> None:
        self._relays[relay] += change
        shown = sorted({connection_id for (connection_id, _), number in self._relays.items() if number})
        try:
            self._database.rows(_RELAYING, (list_value(shown), self._owners.me))
        except StoreError:
            self._relays[relay] -= change
            raise


def _elsewhere(found: "Row | None") -> _Elsewhere:
    until = steady_seconds() + ASKED_EVERY
    if found is None or found["workstation"] is None:
        return _Elsewhere(None, frozenset(), until)
    holder = DutyHolder(found["workstation"], found["person"], DutyWish(found["wish"]))
    return _Elsewhere(holder, frozenset(found["relaying"]), until)
