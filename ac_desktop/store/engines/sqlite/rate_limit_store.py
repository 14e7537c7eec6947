"""The rate limit store in a small SQLite file of its own, so that no import ever delays it."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.address import account_of
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import create_private
from ac_desktop.store.engines.sqlite.sql import store_error
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error

FILE_NAME: Final = "pace.sqlite3"
BUSY_TIMEOUT_MS: Final = 20_000
LONGEST_WAIT: Final = 3600.0
_DAMAGED: Final = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})
"""The file has nothing but times, so a damaged one is moved away and created anew."""


class SqliteRateLimitStore:
    """One row per account: the next grant, the end of its busy wait, and how often in a row it was busy.

    The next grant is by the computer's monotonic clock, which all processes share; the busy wait, which outlives a
    restart of the computer, by the system's clock. Raise StoreError where the file or its disk, not the program, is at
    fault: without it nothing may be sent.
    """

    def __init__(self, folder: Path) -> None:
        self._path = path = folder / FILE_NAME
        self._lock = threading.Lock()
        with _translated_errors(path):
            make_data_folder(folder)
            try:
                self._sql = _connect(path)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorname not in _DAMAGED:
                    raise
                path.replace(path.with_suffix(".damaged"))
                self._sql = _connect(path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._sql.close()

    def try_grant(self, account: str, interval: float, now: Callable[[], float], steady: Callable[[], float]) -> float:
        """Grant one request and return 0.0, or return the seconds to wait before the next try.

        The clocks are read within the transaction. A process that was suspended before it would otherwise use an old
        time, which looks like a clock set back.
        """
        with self._writing(account) as sql:
            today, moment = now(), steady()
            next_at, busy_until = sql.execute(
                "SELECT next_at, busy_until FROM pace WHERE account = ?", (account,)
            ).fetchone()
            busy, early = _left(busy_until, today, LONGEST_WAIT), _left(next_at, moment, interval)
            if busy < busy_until - today:
                self._shorten_busy(account, busy_until, today + busy)
            if early < next_at - moment:
                sql.execute("UPDATE pace SET next_at = ? WHERE account = ?", (moment + early, account))
            if busy > 0 or early > 0:
                return max(busy, early)
            sql.execute("UPDATE pace SET next_at = ? WHERE account = ?", (moment + interval, account))
            return 0.0

    def record_busy(self, account: str, retry_after: float | None, now: float, sent_at: float) -> float:
        """Make the whole account wait and return the seconds: `retry_after`, or longer each time without one.

        Nothing is granted while it waits, so a request sent before the wait's end was sent before the busy period.
        """
        with self._writing(account) as sql:
            until, in_a_row = sql.execute(
                "SELECT busy_until, busy_in_a_row FROM pace WHERE account = ?", (account,)
            ).fetchone()
            wait = _left(until, now, LONGEST_WAIT)
            if sent_at >= until:
                in_a_row += 1
                wait = max(wait, rules.busy_wait(retry_after, in_a_row))
            wait = min(max(wait, retry_after or 0.0), LONGEST_WAIT)
            sql.execute(
                "UPDATE pace SET busy_until = ?, busy_in_a_row = ? WHERE account = ?", (now + wait, in_a_row, account)
            )
            return wait

    def busy_left(self, account: str, now: float) -> float:
        """Return the seconds that the account still has to wait."""
        with self._lock, _translated_errors(self._path):
            row = self._sql.execute("SELECT busy_until FROM pace WHERE account = ?", (account,)).fetchone()
            busy = _left(row[0], now, LONGEST_WAIT) if row else 0.0
            if row and busy < row[0] - now:
                self._shorten_busy(account, row[0], now + busy)
        return busy

    def record_success(self, account: str, sent_at: float) -> None:
        """Record a response that was not busy, unless its request was sent before the latest busy period."""
        with self._lock, _translated_errors(self._path):
            self._sql.execute(
                "UPDATE pace SET busy_in_a_row = 0 WHERE account = ? AND busy_in_a_row > 0 AND busy_until <= ?",
                (account, sent_at),
            )

    def _shorten_busy(self, account: str, before: float, after: float) -> None:
        """Store a shorter wait where it was too long, as by a clock set back; otherwise it would never decrease."""
        self._sql.execute(
            "UPDATE pace SET busy_until = ? WHERE account = ? AND busy_until = ?", (after, account, before)
        )

    @contextmanager
    def _writing(self, account: str) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated_errors(self._path):
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                self._sql.execute("INSERT OR IGNORE INTO pace (account) VALUES (?)", (account,))
                yield self._sql
            except BaseException:
                self._sql.rollback()
                raise
            self._sql.commit()


@contextmanager
def _translated_errors(path: Path) -> Iterator[None]:
    """Raise StoreError, with a sentence that names the file, for errors of the file or its disk."""
    try:
        yield
    except sqlite3.Error as error:
        problem = store_error(error, path)
        if problem is None:
            raise
        if problem.trouble is StoreProblem.FULL:
            raise problem from error
        is_locked = problem.trouble is StoreProblem.LOCKED
        message = StoreMessage.RATE_LIMIT_LOCKED if is_locked else StoreMessage.RATE_LIMIT_UNUSABLE
        raise StoreError(problem.trouble, message, file=path) from error
    except OSError as error:
        raise disk_error(error, path) from error


def _connect(path: Path) -> sqlite3.Connection:
    if path.is_symlink():
        path.unlink()
    create_private(path)
    sql = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        sql.executescript(
            f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
            "CREATE TABLE IF NOT EXISTS pace (account TEXT PRIMARY KEY, next_at REAL NOT NULL DEFAULT 0,"
            " busy_until REAL NOT NULL DEFAULT 0, busy_in_a_row INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
        )
        _merge_host_names(sql)
    except sqlite3.Error:
        sql.close()
        raise
    return sql


def _merge_host_names(sql: sqlite3.Connection) -> None:
    """Merge rows from when each host name was an account of its own."""
    rows = sql.execute("SELECT account, next_at, busy_until, busy_in_a_row FROM pace").fetchall()
    for before, *values in rows:
        prefix, _, host = before.rpartition(" ")
        after = f"{prefix} {account_of(host)}".strip()
        if after != before:
            sql.execute(
                "INSERT INTO pace (account, next_at, busy_until, busy_in_a_row) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET next_at = MAX(next_at, excluded.next_at),"
                " busy_until = MAX(busy_until, excluded.busy_until),"
                " busy_in_a_row = MAX(busy_in_a_row, excluded.busy_in_a_row)",
                (after, *values),
            )
            sql.execute("DELETE FROM pace WHERE account = ?", (before,))


def _left(until: float, now: float, most: float) -> float:
    """Return the seconds from now to `until`, limited to `most` where a clock was set back."""
    return min(max(0.0, until - now), most)
