"""The connection of a process that stays open: it hears notices, keeps session locks, and proves itself by beats."""

import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, TypeVar

import psycopg
from psycopg.sql import SQL, Identifier

from ac_desktop.platform.steady_time import steady_seconds
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.errors import StoreError

BEAT: Final = 10.0
"""Seconds between two beats."""
PROVEN_FOR: Final = 2 * BEAT
"""Seconds for which a beat proves that notices still arrive here."""
FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 2.0
_PATIENCE: Final = 20.0
"""Seconds to wait until a part is kept; connecting ends sooner, in success or failure."""
_JOIN: Final = 2.0

Connect = Callable[[], Connection]
Added = TypeVar("Added")


class KeptPart(Protocol):
    """What is kept on the connection: begun after each connecting, and looked after at each beat."""

    def begin(self, sql: Connection) -> None:
        """Begin on a new connection, such as by taking a session lock."""

    def beat(self, sql: Connection) -> None:
        """Prove that this process is there, every few seconds."""

    def end(self, sql: Connection) -> None:
        """End on a connection that stays open."""


class Listener:
    """Listens on a thread of its own from the first use on, and connects again whenever the connection is lost.

    `connect` returns a connection that commits each statement. What is called back is called on that thread, and must
    not use the listener.
    """

    def __init__(self, connect: Connect, *parts: KeptPart) -> None:
        self._connect = connect
        self._condition = threading.Condition(threading.RLock())
        self._channels: dict[str, list[Callable[[str], None]]] = {}
        self._parts = list(parts)
        self._changes = 0
        self._followed = -1
        self._trouble: Exception | None = None
        self._number = 0
        self._is_up = False
        self._proven_at = 0.0
        self._is_closed = False
        self._thread: threading.Thread | None = None
        self._sockets: tuple[socket.socket, socket.socket] | None = None
        self.lost_at = float("-inf")
        """When a connection was last lost, by `steady_seconds`."""

    def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """Call `heard` with the text of each notice of a channel, and with "" after each connecting.

        What was notified before may have been missed then. Raise psycopg.Error where the server cannot be reached.
        """
        with self._condition:
            listeners = self._channels.setdefault(channel, [])
        self._add(listeners, heard)

    def keep(self, part: KeptPart) -> None:
        """Keep a part from now on; it has begun on return. Raise psycopg.Error where the server cannot be reached."""
        self._add(self._parts, part)

    def leave(self, part: KeptPart) -> None:
        """Keep a part no longer; it has ended on return. Raise psycopg.Error where the server cannot be reached."""
        with self._condition:
            if part in self._parts:
                self._parts.remove(part)
                self._await_thread()

    def start(self) -> None:
        """Connect and beat from now on, whether or not anything is kept."""
        with self._condition:
            if self._thread is None and not self._is_closed:
                self._sockets = socket.socketpair()
                self._sockets[1].settimeout(0)
                self._thread = threading.Thread(target=self._run, name="office-listener", daemon=True)
                self._thread.start()

    def proven(self) -> int:
        """Return the number of the connection where it is known to be open, 0 where it is not."""
        with self._condition:
            is_proven = self._is_up and 0 <= steady_seconds() - self._proven_at <= PROVEN_FOR
            return self._number if is_proven else 0

    def beat_now(self) -> None:
        """Let the next beat come at once. Raise the driver's error where there is no connection to beat on."""
        with self._condition:
            if not self._is_up and self._trouble is not None:
                raise self._trouble
            self._proven_at = min(self._proven_at, steady_seconds() - BEAT)
        self._wake()

    def close(self) -> None:
        """End the thread and its connection."""
        with self._condition:
            self._is_closed = True
            thread = self._thread
            self._condition.notify_all()
        self._wake()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_JOIN)

    def _add(self, to: list[Added], added: Added) -> None:
        """Add what the thread is to look after, and wait until it does; add nothing where it cannot."""
        with self._condition:
            to.append(added)
            try:
                self._await_thread()
            except BaseException:
                to.remove(added)
                raise

    def _await_thread(self) -> None:
        """Wait until the thread has followed what was changed."""
        with self._condition:
            self._changes += 1
            wanted = self._changes
            self._trouble = None
            self.start()
            self._wake()
            self._condition.wait_for(lambda: self._has_answered(wanted), _PATIENCE)
            if self._followed < wanted:
                raise self._error()

    def _has_answered(self, wanted: int) -> bool:
        return self._followed >= wanted or self._trouble is not None or self._is_closed

    def _error(self) -> Exception:
        return self._trouble or psycopg.OperationalError("the listening connection is closed")

    def _wake(self) -> None:
        if self._sockets is not None:
            with suppress(OSError):
                self._sockets[1].send(b"w")

    def _run(self) -> None:
        pause = FIRST_PAUSE
        try:
            while not self._is_closed:
                number = self._number
                try:
                    with self._connect() as sql:
                        self._serve(sql)
                except (psycopg.Error, StoreError) as error:
                    self._lose(error)
                    pause = FIRST_PAUSE if self._number != number else min(2 * pause, LONGEST_PAUSE)
                    with self._condition:
                        self._condition.wait_for(lambda: self._is_closed, pause)
        finally:
            with self._condition:
                self._is_up, self._is_closed = False, True
                self._condition.notify_all()
            for end in self._sockets or ():
                end.close()

    def _lose(self, error: Exception) -> None:
        with self._condition:
            if self._is_up:
                self.lost_at = steady_seconds()
            self._is_up = False
            self._followed, self._trouble = -1, error
            self._condition.notify_all()

    def _serve(self, sql: Connection) -> None:
        """Follow the changes, hear the notices and beat, until the connection is lost or the listener is closed."""
        sql.add_notify_handler(lambda notice: self._hear(notice.channel, notice.payload))
        begun: list[KeptPart] = []
        listening: set[str] = set()
        with selectors.DefaultSelector() as selector:
            selector.register(sql.fileno(), selectors.EVENT_READ)
            for end in (self._sockets or ())[:1]:
                selector.register(end, selectors.EVENT_READ, end)
            while not self._is_closed:
                changes = self._follow(sql, begun, listening)
                self._beat_if_due(sql, begun)
                self._say_followed(changes)
                due_in = max(0.0, self._proven_at + BEAT - steady_seconds())
                for key, _ in selector.select(due_in):
                    if key.data is not None:
                        key.data.recv(4096)
                self._hear_all(sql)

    def _follow(self, sql: Connection, begun: list[KeptPart], listening: set[str]) -> int:
        """Begin what was added; return the number of the changes followed."""
        with self._condition:
            changes, parts, channels = self._changes, list(self._parts), list(self._channels)
        for part in parts:
            if part not in begun:
                part.begin(sql)
                begun.append(part)
        for channel in channels:
            if channel not in listening:
                sql.execute(SQL("LISTEN {}").format(Identifier(channel)))
                listening.add(channel)
                self._hear(channel, "")
        for part in [part for part in begun if part not in parts]:
            part.end(sql)
            begun.remove(part)
        return changes

    def _say_followed(self, changes: int) -> None:
        with self._condition:
            if self._followed < changes:
                self._followed = changes
                self._condition.notify_all()

    def _beat_if_due(self, sql: Connection, begun: list[KeptPart]) -> None:
        asked_at = steady_seconds()
        if self._is_up and asked_at - self._proven_at < BEAT:
            return
        for part in begun:
            part.beat(sql)
        if not begun:
            sql.execute("SELECT 1")
        with self._condition:
            if not self._is_up:
                self._number += 1
            self._is_up, self._proven_at = True, asked_at

    def _hear_all(self, sql: Connection) -> None:
        sql.pgconn.consume_input()
        while notice := sql.pgconn.notifies():
            self._hear(notice.relname.decode(), notice.extra.decode())

    def _hear(self, channel: str, text: str) -> None:
        with self._condition:
            listeners = tuple(self._channels.get(channel, ()))
        for heard in listeners:
            heard(text)
