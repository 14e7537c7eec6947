"""The rate limits of an office: times reserved on the server, by its clock, and cancelled by a busy answer."""

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ac_desktop.model import rules
from ac_desktop.model.rate_limits import ClaimFence, Reservation
from ac_desktop.store.engines.postgres.server_time import Exchange
from ac_desktop.store.ports import NO_CONNECTION, Row

if TYPE_CHECKING:
    from ac_desktop.store.engines.postgres.database import PostgresDatabase

AHEAD: Final = 1.0
"""Seconds that a time may be reserved ahead, at most: for so long a busy answer may find somebody who does not hear."""
LONGEST_WAIT: Final = 3600.0
UNHEARD_PAUSE: Final = 0.2
"""Seconds to wait while this process would not hear that its reservations are cancelled."""
MOST_DOUBT: Final = 0.0125
"""Seconds of doubt about the server's time that are allowed for; a slower way is taken to be as long there as back."""
CHANNEL: Final = "pace"
_RESERVE: Final = "SELECT * FROM reserve_request(?, ?, ?, ?, ?, ?, ?, ?)"
_BUSY: Final = "SELECT busy_from, busy_until, busy_in_a_row, epoch FROM pace WHERE account = ?"
_LOCKED: Final = """
    SELECT busy_from, busy_until, busy_in_a_row, epoch, extract(epoch FROM clock_timestamp())::float8 AS server_at
    FROM pace WHERE account = ? FOR UPDATE
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """What this process knows of an account: it is told of each busy period."""

    epoch: int
    busy_until: float
    in_a_row: int


class PostgresRateLimitStore:
    """One row per account. Raise StoreError where the server, not the program, is at fault: then nothing may be sent.

    A busy answer ends an epoch, and cancels what was reserved in it. The server tells each process so on its listening
    connection. Times are reserved a second ahead at most, and used only while that same connection is proven to be
    open: whoever cannot be told sends nothing. A server that crashed has forgotten its last reservations; all
    connections are lost with it, so all of them are given up, and the next ones are a second later.
    """

    def __init__(self, database: "PostgresDatabase") -> None:
        self._database = database
        self._time = database.server_time
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}
        self._listens = False

    def steady(self) -> float:
        """Return the clock by which times are reserved: this computer's, which nobody sets."""
        return self._time.steady()

    def reserve(self, account: str, interval: float, fence: ClaimFence | None) -> Reservation:
        """Reserve the next request's time where the claim is still ours, in one round trip."""
        self._listen()
        listener = self._database.listener.proven()
        since_loss = self.steady() - self._database.listener.lost_at
        if not listener:
            self._database.measure_time()
            self._database.beat_now()
            return Reservation(again=UNHEARD_PAUSE)
        if since_loss < AHEAD:
            return Reservation(again=AHEAD - since_loss)
        claim = (fence.kind.value, fence.key, fence.token) if fence is not None else (None, None, None)
        soonest = min(2 * self._time.doubt(), AHEAD / 2)
        asked_at = self.steady()
        row = self._database.row(_RESERVE, (account, interval, AHEAD, soonest, LONGEST_WAIT, *claim))
        if row is None:
            raise RuntimeError("a function returns a row")
        made = Exchange(asked_at, row["server_at"], self.steady())
        best = self._time.record(made)
        self._learn(account, _Known(row["epoch_now"], row["busy_end"], row["in_a_row"]))
        if row["is_lost"]:
            return Reservation(is_lost=True)
        if row["slot"] is None:
            return Reservation(again=row["again"], busy=row["busy"])
        doubt = min(self._time.doubt(), made.doubt, MOST_DOUBT)
        return Reservation(
            at=_local_time(row, made, best.offset, doubt),
            keeps=rules.OFFICE_GRANT_KEEPS,
            epoch=row["epoch_now"],
            listener=listener,
            account=account,
        )

    def is_current(self, reservation: Reservation) -> bool:
        """Whether a reservation was not cancelled, and this process would have heard of it."""
        with self._lock:
            known = self._known.get(reservation.account)
        is_cancelled = known is not None and known.epoch > reservation.epoch
        return not is_cancelled and self._database.listener.proven() == reservation.listener

    def record_busy(self, account: str, retry_after: float | None, now: float, sent_at: float) -> float:  # noqa: ARG002
        """Make the whole account wait and return the seconds: `retry_after`, or longer each time without one.

        Nothing is granted while it waits, so a request sent after half of the wait was sent after the busy period.
        """
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute("INSERT INTO pace (account) VALUES (?) ON CONFLICT (account) DO NOTHING", (account,))
            row = sql.row(_LOCKED, (account,))
            if row is None:
                raise RuntimeError("the account has a row")
            since, in_a_row, epoch, server_at = row["busy_from"], row["busy_in_a_row"], row["epoch"], row["server_at"]
            wait = _left(row["busy_until"], server_at)
            if sent_at >= (since + row["busy_until"]) / 2:
                since, in_a_row, epoch = server_at, in_a_row + 1, epoch + 1
                wait = max(wait, rules.busy_wait(retry_after, in_a_row))
            wait = min(max(wait, retry_after or 0.0), LONGEST_WAIT)
            known = _Known(epoch, server_at + wait, in_a_row)
            sql.execute(
                "UPDATE pace SET busy_from = ?, busy_until = ?, busy_in_a_row = ?, epoch = ? WHERE account = ?",
                (since, known.busy_until, in_a_row, epoch, account),
            )
            sql.execute("SELECT pg_notify(?, ?)", (CHANNEL, json.dumps([account, epoch, known.busy_until, in_a_row])))
        self._learn(account, known)
        return wait

    def busy_left(self, account: str, now: float) -> float:  # noqa: ARG002  the server's time counts
        """Return the seconds that the account still has to wait; asked of the server only where none is known."""
        self._listen()
        with self._lock:
            known = self._known.get(account)
        if known is None:
            row = self._database.row(_BUSY, (account,))
            known = _Known(row["epoch"], row["busy_until"], row["busy_in_a_row"]) if row else _Known(0, 0.0, 0)
            self._learn(account, known)
        return _left(known.busy_until, self._time.now())

    def record_success(self, account: str, sent_at: float) -> None:
        """Record a response that was not busy, unless its request was sent before the latest busy period."""
        with self._lock:
            known = self._known.get(account)
        if known is None or not known.in_a_row:
            return
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute(
                "UPDATE pace SET busy_in_a_row = 0 WHERE account = ? AND (busy_from + busy_until) / 2 <= ?",
                (account, sent_at),
            )

    def close(self) -> None:
        """Do nothing: the connections are the database's."""

    def _listen(self) -> None:
        if not self._listens:
            self._database.listen(CHANNEL, self._hear)
            self._listens = True

    def _hear(self, text: str) -> None:
        if not text:
            with self._lock:
                self._known.clear()
            return
        account, *known = json.loads(text)
        self._learn(account, _Known(*known))

    def _learn(self, account: str, learned: _Known) -> None:
        """Remember what is known of an account; an answer may come after the news of a later epoch."""
        with self._lock:
            known = self._known.get(account)
            if known is None or learned.epoch >= known.epoch:
                self._known[account] = learned


def _left(until: float, now: float) -> float:
    return min(max(0.0, until - now), LONGEST_WAIT)


def _local_time(row: Row, made: Exchange, offset: float, doubt: float) -> float:
    """Return a reserved time by this computer's clock.

    It is on the late side of what is known, as ways there and back are seldom as different as can be: six requests of
    workstations whose round trips take up to 20 ms are a second apart however different their ways are.
    """
    ahead = row["slot"] - row["server_at"]
    return float(min(max(row["slot"] - offset + doubt / 2, made.asked_at + ahead), made.answered_at + ahead))
