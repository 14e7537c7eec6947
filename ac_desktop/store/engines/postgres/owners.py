"""Owners of claims in an office: this process, and which others are gone (rule 13)."""

import os
import sys
import threading
import time
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ac_desktop import __version__
from ac_desktop.platform.computer import Computer, this_computer
from ac_desktop.platform.process import is_running
from ac_desktop.platform.steady_time import steady_seconds
from ac_desktop.store.engines.postgres.listener import BEAT
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.engines.postgres.sql import FRAGMENTS
from ac_desktop.store.engines.postgres.version_numbers import VERSION
from ac_desktop.store.errors import StoreError
from ac_desktop.store.ports import NO_CONNECTION

if TYPE_CHECKING:
    from ac_desktop.store.engines.postgres.database import PostgresDatabase

GRACE: Final = 90.0
"""Seconds for which an owner that is not seen any more keeps its claims: its last request has ended by then."""
_ID_PREFIX: Final = "@"
_LOCK_CLASS: Final = 0x61636F77
"""The first key of the session locks of owners; the second is a hash of the owner's name."""
_HELLO: Final = """
    INSERT INTO owner (id, workstation, person, version, knows, since, seen)
    VALUES ($1, $2, $3, $4, $5, extract(epoch FROM clock_timestamp()), extract(epoch FROM clock_timestamp()))
    ON CONFLICT (id) DO UPDATE SET seen = excluded.seen
"""
_LIVING_HERE: Final[set[str]] = set()
"""The owners of this process that are not closed: another one of its number had that number before."""
_LOCK: Final = "SELECT pg_advisory_lock_shared($1::int, hashtext($2))"
"""Shared with a connection of the same process that the server still holds to be open."""
_UNLOCK: Final = "SELECT pg_advisory_unlock_shared($1::int, hashtext($2))"
SEEN: Final = "UPDATE owner SET seen = extract(epoch FROM clock_timestamp()) WHERE id = $1"
_STANDING: Final = f"""
    SELECT id, (
        seen >= extract(epoch FROM clock_timestamp()) - ?
        OR extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) <= ?
    ) AS is_seen, EXISTS (
        SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid::bigint = ?
            AND l.objid::bigint = hashtext(owner.id)::bigint & 4294967295
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS is_locked
    FROM owner WHERE id {FRAGMENTS.in_list}
"""
"""A server that was away has seen nobody: then all count as seen until everybody had time to come back."""
_FAREWELL: Final = """
    DELETE FROM owner WHERE id = :me
        AND NOT EXISTS (
            SELECT FROM connection c JOIN record r ON r.connection_id = c.id AND r.state = 'sending'
            WHERE r.owner = :me
        )
        AND NOT EXISTS (SELECT FROM batch WHERE loading_owner = :me)
        AND NOT EXISTS (SELECT FROM list_reading WHERE owner = :me)
        AND NOT EXISTS (SELECT FROM duty WHERE owner = :me)
"""


class _Standing(Enum):
    """What the server knows of an owner."""

    SEEN = auto()
    UNSEEN = auto()
    """It has its lock and does nothing, as a process that was stopped."""
    GONE = auto()
    UNKNOWN = auto()


class PostgresOwners:
    """The name of this process (computer, process, start time), and whether other owners are dead.

    An owner has a row in which it is seen every few seconds, and a session lock on the connection of its process that
    stays open. It is dead at once where it was a process of this computer that has ended; elsewhere once its lock is
    gone and it was not seen for a while, by the server's clock: a restart of the server drops all locks while work goes
    on. While it is seen its leases say nothing, as it may be about to keep what it did while the server was away. A row
    that a claim names stays. Raise StoreError where the server cannot be reached.
    """

    def __init__(
        self,
        database: "PostgresDatabase",
        workstation: str,
        person: str,
        computer: Computer | None = None,
        grace: float = GRACE,
    ) -> None:
        self._database = database
        self._workstation = workstation
        self._person = person
        self._grace = grace
        self._looks_every = min(BEAT, grace)
        self._computer = computer or this_computer()
        self._namespace = _process_namespace()
        marks = f"{_ID_PREFIX}{self._computer.mark}.{self._computer.start}.{self._namespace}"
        self.me: Final = f"{marks}:{os.getpid()}:{time.time_ns()}"
        _LIVING_HERE.add(self.me)
        self._lock = threading.Lock()
        self._standings: dict[str, _Standing] = {}
        self._looked_at = float("-inf")
        database.keep(self)

    def begin(self, sql: Connection) -> None:
        """Lock this owner's name on a new connection, and be seen."""
        sql.execute(_LOCK, (_LOCK_CLASS, self.me))
        sql.execute(_HELLO, (self.me, self._workstation, self._person, __version__, VERSION))

    def beat(self, sql: Connection) -> None:
        """Be seen."""
        sql.execute(SEEN, (self.me,))

    def end(self, sql: Connection) -> None:
        """Unlock this owner's name."""
        sql.execute(_UNLOCK, (_LOCK_CLASS, self.me))

    def is_dead(self, owner: str) -> bool:
        """Whether the owner is known to be dead."""
        if owner == self.me:
            return False
        return self._has_ended(owner) or self._standing(owner) is _Standing.GONE

    def is_watched(self, owner: str) -> bool:
        """Whether the owner's end would be noticed: it was seen a while ago at most."""
        return owner == self.me or self._standing(owner) is _Standing.SEEN

    def close(self) -> None:
        """Release this process's own lock, and delete its row where nothing names it."""
        _LIVING_HERE.discard(self.me)
        if not self._database.listener.proven():
            return
        # A server that goes away sees for itself that this process is gone.
        with suppress(StoreError):
            self._database.leave(self)
            with self._database.writing(NO_CONNECTION) as sql:
                sql.execute(_FAREWELL, {"me": self.me})

    def _has_ended(self, owner: str) -> bool:
        """Whether the owner was a process of this computer that has ended, or that ran before the computer started."""
        mark, start, namespace = _marks(owner)
        mine = self._computer
        is_same = mark == mine.mark or (bool(start) and start == mine.start)
        if not is_same or namespace != self._namespace:
            return False
        if start and mine.start and start != mine.start:
            return True
        process = owner.rsplit(":", 2)[1]
        if process == str(os.getpid()):
            return owner not in _LIVING_HERE
        return process.isdigit() and not is_running(int(process))

    def _standing(self, owner: str) -> _Standing:
        """Return what the server knew of an owner a few seconds ago at most.

        Nothing is locked while it is asked: whoever asks within a transaction has a connection that others wait for.
        """
        now = steady_seconds()
        with self._lock:
            known = self._standings if now - self._looked_at <= self._looks_every else {}
        if owner in known:
            return known[owner]
        was_away = now - self._database.listener.lost_at < self._grace
        found = self._look([*known, owner], was_away=was_away)
        with self._lock:
            self._standings, self._looked_at = found, now
        return found[owner]

    def _look(self, asked: list[str], *, was_away: bool) -> dict[str, _Standing]:
        values = (self._grace, self._grace, _LOCK_CLASS, FRAGMENTS.list_value(asked))
        found = dict.fromkeys(asked, _Standing.UNKNOWN)
        for row in self._database.rows(_STANDING, values):
            if row["is_seen"] or was_away:
                found[row["id"]] = _Standing.SEEN
            else:
                found[row["id"]] = _Standing.UNSEEN if row["is_locked"] else _Standing.GONE
        return found


def _marks(owner: str) -> tuple[str, str, str]:
    """Return the computer's ID, the ID of its boot, and the processes it sees; empty for other kinds of names."""
    marks = owner.rsplit(":", 2)[0].removeprefix(_ID_PREFIX).split(".")
    return (marks[0], marks[1], marks[2]) if len(marks) == 3 else ("", "", "")  # noqa: PLR2004


if sys.platform == "linux":

    def _process_namespace() -> str:
        """Return a number for the processes that this one can see: those of another container are hidden."""
        try:
            return str(Path("/proc/self/ns/pid").stat().st_ino)
        except OSError:
            return ""

else:

    def _process_namespace() -> str:
        return ""
