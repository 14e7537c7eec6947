"""The connections of a process to an office's server: at most four that its threads share, and one that listens."""

import atexit
import ipaddress
import logging
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from ac_desktop import __version__
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.private_files import create_private
from ac_desktop.store.engines.postgres.errors import server_name
from ac_desktop.store.engines.postgres.values import ADAPTERS
from ac_desktop.store.engines.postgres.version_numbers import VERSION
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress

Connection = psycopg.Connection[Any]
SCHEMA: Final = "ac_desktop"
APPLICATION: Final = "AC Desktop, database version "
"""What the server shows of a connection, before the version of the schema that its program knows."""
MOST_CONNECTIONS: Final = 4
CONNECT_TIMEOUT: Final = 10
"""Seconds in which a connection has to be made."""
LOCK_TIMEOUT: Final = 20.0
"""Seconds for which a writer waits for another one, or a thread for a connection."""
_UNANSWERED_MS: Final = 8_000
_STOPPED_MS: Final = 10_000
"""Shorter than others wait for a lock: a workstation that is suspended in its transaction fails nobody else's."""
_KEEPALIVE: Final = {"keepalives_idle": 4, "keepalives_interval": 2, "keepalives_count": 2}
_SETTINGS: Final = {
    "search_path": SCHEMA,
    "timezone": "UTC",
    "synchronous_commit": "on",
    "lock_timeout": f"{LOCK_TIMEOUT * 1000:.0f}",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": f"{_STOPPED_MS}",
    "client_min_messages": "error",
    "jit": "off",
    "tcp_user_timeout": f"{_UNANSWERED_MS}",
    "tcp_keepalives_idle": "4",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}
"""Settings of a session. The server, too, has to notice that a workstation is cut off: it keeps its locks until then.
Compiling a query takes longer than it saves for the first rows of a list."""
_OPTION_ESCAPED: Final = re.compile(r"[\s\\]")
_ESCAPE: Final = r"\\\g<0>"
_Result = TypeVar("_Result")
# Without a handler Python prints what the driver warns of, such as a lost connection, on a person's terminal.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


def is_beside_us(host: str) -> bool:
    """Whether a server is on this computer: reached by loopback or by a Unix socket."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connect(address: OfficeAddress) -> Connection:
    """Return a connection that commits each statement. Raise the driver's error where there is none.

    A server elsewhere has to show a certificate for its name, whatever the environment says; one on this computer has
    to where its certificates are known. None gets the password itself.
    """
    is_beside = is_beside_us(address.host)
    parameters: dict[str, Any] = dict(_KEEPALIVE)
    if address.ca or not is_beside:
        parameters["sslrootcert"] = str(_certificates(address.ca)) if address.ca else "system"
    return psycopg.connect(
        host=address.host,
        port=address.port,
        dbname=address.database,
        user=address.user,
        password=address.password,
        passfile=os.devnull,
        sslmode="prefer" if is_beside and not address.ca else "verify-full",
        require_auth="!password",
        gssencmode="disable",
        client_encoding="UTF8",
        application_name=f"{APPLICATION}{VERSION}",
        connect_timeout=CONNECT_TIMEOUT,
        tcp_user_timeout=_UNANSWERED_MS,
        options=_options(address),
        autocommit=True,
        cursor_factory=psycopg.RawCursor,
        context=ADAPTERS,
        **parameters,
    )


def checked(address: OfficeAddress, check: Callable[[Connection], None]) -> Connection:
    """Return a connection on which `check` raised nothing."""
    connection = connect(address)
    try:
        check(connection)
    except BaseException:
        _close(connection)
        raise
    return connection


def _options(address: OfficeAddress) -> str:
    """Return the settings of a session, with what its person's rows are signed with."""
    signed = {"ac_desktop.workstation": address.workstation, "ac_desktop.version": __version__}
    settings = _SETTINGS | signed
    return " ".join(f"-c {name}={_OPTION_ESCAPED.sub(_ESCAPE, value)}" for name, value in settings.items())


@cache
def _certificates(ca: str) -> Path:
    """Return a file with the certificates by which a server is known, which is there until this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="ac-desktop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "ca.pem"
    create_private(file)
    file.write_text(ca, encoding="ascii")
    return file


def refuse_pooler(connection: Connection, address: OfficeAddress) -> None:
    """Raise StoreError where a pooler gives each transaction another session: our locks would stay with strangers.

    A pooler has process IDs of its own, and settings of its own choice. It gives the session of a connection that rests
    to another one that begins something.
    """
    before, search_path = _backend(connection)
    if search_path == SCHEMA and connection.info.backend_pid == before:
        return
    if search_path != SCHEMA or _shares_sessions(connection, before, address):
        raise StoreError(StoreProblem.FOREIGN, StoreMessage.OFFICE_POOLER, server=server_name(address))


def _shares_sessions(connection: Connection, before: int, address: OfficeAddress) -> bool:
    with connect(address) as other, other.transaction():
        theirs, _ = _backend(other)
        return theirs == before or _backend(connection)[0] != before


def _backend(connection: Connection) -> tuple[int, str]:
    """Return the ID of the server's process for a statement, and where it looks for tables."""
    found = connection.execute("SELECT pg_backend_pid(), current_setting('search_path')").fetchone()
    return (int(found[0]), str(found[1])) if found is not None else (0, "")


class Session:
    """The connections that the threads of a process share.

    A connection that rested may have been lost meanwhile, as by a restart of the server. What is begun on it is
    repeated once on a new one, as nothing of it can have been done. `check` raises StoreError for a new connection on
    which nothing may be done.
    """

    def __init__(self, address: OfficeAddress, check: Callable[[Connection], None]) -> None:
        self.address = address
        self._check = check
        self._idle: list[Connection] = []
        self._in_use: set[Connection] = set()
        self._open = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def begun(self, work: Callable[[Connection], _Result]) -> tuple[Connection, _Result]:
        """Return a connection, which the caller has to give back, and what some work on it returned."""
        connection, is_new = self._taken()
        try:
            return connection, work(connection)
        except psycopg.OperationalError:
            self.give_back(connection)
            if is_new or not connection.closed:
                raise
            self._drop_idle()
        except BaseException:
            self.give_back(connection)
            raise
        connection, _ = self._taken()
        try:
            return connection, work(connection)
        except BaseException:
            self.give_back(connection)
            raise

    @contextmanager
    def taken(self) -> Iterator[Connection]:
        """Enter the use of a connection for what must not be repeated."""
        connection, _ = self._taken()
        try:
            yield connection
        except psycopg.OperationalError:
            if connection.closed:
                self._drop_idle()
            raise
        finally:
            self.give_back(connection)

    def give_back(self, connection: Connection) -> None:
        """Let others use a connection; one that is lost, or in the middle of something, is closed.

        One that was given back before is left alone.
        """
        is_idle = connection.info.transaction_status is TransactionStatus.IDLE
        if not is_idle:
            _close(connection)
        with self._changed:
            if connection not in self._in_use:
                return
            self._in_use.discard(connection)
            if is_idle and not self._is_closed:
                self._idle.append(connection)
            else:
                self._open -= 1
            self._changed.notify_all()
        if is_idle and self._is_closed:
            _close(connection)

    def close(self, patience: float) -> None:
        """Close the connections once what runs on them has ended; refuse new ones."""
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: not self._in_use, patience)
        self._drop_idle()

    def _taken(self) -> tuple[Connection, bool]:
        """Return a connection of our own for now, and whether it is new."""
        with self._changed:
            if not self._changed.wait_for(self._is_any_free, LOCK_TIMEOUT):
                raise StoreError(StoreProblem.LOCKED, StoreMessage.OFFICE_LOCKED, server=server_name(self.address))
            if self._is_closed:
                raise StoreError(StoreProblem.CLOSED, StoreMessage.CLOSING)
            if self._idle:
                connection = self._idle.pop()
                self._in_use.add(connection)
                return connection, False
            self._open += 1
        try:
            connection = checked(self.address, self._check)
        except BaseException:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()
            raise
        with self._changed:
            self._in_use.add(connection)
        return connection, True

    def _is_any_free(self) -> bool:
        return self._is_closed or bool(self._idle) or self._open < MOST_CONNECTIONS

    def _drop_idle(self) -> None:
        with self._changed:
            dropped, self._idle = self._idle, []
            self._open -= len(dropped)
            self._changed.notify_all()
        for connection in dropped:
            _close(connection)


def _close(connection: Connection) -> None:
    with suppress(psycopg.Error):
        connection.close()
