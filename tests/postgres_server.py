"""A PostgreSQL server of our own for tests: a temporary cluster on loopback, which ends with this process.

Debian's package `postgresql` is what it needs; without it a test that asks for the server says what to install.
"""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Final

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from ac_desktop.store.office_address import OfficeAddress
from tests.wine.marker import SAID_FIRST, is_wine

SUPERUSER: Final = "postgres"
_HOST: Final = "127.0.0.1"
_PROGRAMS: Final = Path("/usr/lib/postgresql")
_PATIENCE: Final = 60.0
_KILL: Final = 9
_SETTINGS: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "max_wal_size": "256MB",
    "password_encryption": "scram-sha-256",
    "tcp_user_timeout": "8000",
}
"""Durable against a killed server, whose pages the system keeps, and not against a power cut, which no test makes."""
_IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108  the folder is made with a name of its own
_ROOM: Final = 4 * 2**30
"""Bytes that must be free in memory: a new database has 300 files, which take three times as long on a disk."""
_KEEPER: Final = """
import signal, subprocess, sys
user, *command = sys.argv[1:]
server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, user=user or None)
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.stdin.read()
server.send_signal(signal.SIGQUIT)
server.wait()
"""
"""Runs the server until its own standard input is closed, which a killed test closes too."""


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, of the newest version. Raise RuntimeError where there is none.

    The test that asks is left out on systems other than Linux: the server there is the same one, and so is our side.
    """
    if sys.platform != "linux":
        pytest.skip(
            f"{SAID_FIRST if is_wine() else ''}PostgreSQL's server is started on Linux", allow_module_level=True
        )
    found = sorted(_PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found or on_path:
        return found[-1].parent if found else Path(str(on_path)).resolve().parent
    raise RuntimeError("PostgreSQL is not installed. On Debian: apt install postgresql")


class PostgresServer:
    """A cluster in a temporary folder; `superuser` may do everything in it.

    One that is to be measured waits for its disk, as those of offices do; one that stays small is kept in memory.
    """

    def __init__(self, *, is_measured: bool = False, is_small: bool = False) -> None:
        self._settings = {name: value for name, value in _SETTINGS.items() if not (is_measured and value == "off")}
        self._programs = programs()
        place = _place_in_memory() if is_small else None
        self._folder = Path(tempfile.mkdtemp(prefix="ac-desktop-postgres-", dir=place))
        self._user = SUPERUSER if sys.platform != "win32" and os.geteuid() == 0 else None
        self.password: Final = secrets.token_urlsafe(12)
        self.port: Final = _free_port()
        self._keeper: subprocess.Popen[bytes] | None = None
        self._create()
        self.start()
        atexit.register(self.close)

    def address(self, database: str, user: str = SUPERUSER, password: str | None = None) -> OfficeAddress:
        """Return the address of a database of this server."""
        given = self.password if password is None else password
        return OfficeAddress(host=_HOST, port=self.port, database=database, user=user, password=given)

    def connect(
        self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None
    ) -> psycopg.Connection:
        """Return a connection that commits each statement."""
        return psycopg.connect(
            host=_HOST,
            port=self.port,
            dbname=database,
            user=user,
            password=self.password if password is None else password,
            autocommit=True,
        )

    def create_database(self, name: str, template: str = "template1") -> OfficeAddress:
        """Create a database as a copy of another one, which nobody uses; return its address."""
        with self.connect() as sql:
            sql.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        return self.address(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, ending whoever is connected to it."""
        with self.connect() as sql:
            sql.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        command = [
            str(self._programs / "postgres"),
            "-D",
            str(self._data),
            "-p",
            str(self.port),
            "-k",
            str(self._folder),
        ]
        for name, value in self._settings.items():
            command += ["-c", f"{name}={value}"]
        with (self._folder / "log").open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-c", _KEEPER, self._user or "", *command],
                stdin=subprocess.PIPE,
                stderr=log,
                cwd=self._folder,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server at once, as `pg_ctl stop -m immediate` does; it recovers at its next start."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.communicate()

    def crash(self) -> None:
        """Kill the server's processes, as a crash would, and start it again."""
        self.kill()
        self.start()

    def kill(self) -> None:
        """Kill the server's processes: it cannot start while one of them still has its memory."""
        first = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        processes = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, _KILL)
        self.stop()
        while any(Path(f"/proc/{process}").exists() for process in processes):
            time.sleep(0.01)

    def restart(self) -> None:
        """Stop the server and start it again."""
        self.stop()
        self.start()

    def program(self, name: str, *arguments: str, into: IO[bytes] | None = None, typed: str = "") -> None:
        """Run one of PostgreSQL's programs on this server as its superuser; `typed` answers what it asks."""
        subprocess.run(
            [str(self._programs / name), "-h", _HOST, "-p", str(self.port), "-U", SUPERUSER, *arguments],
            env={**os.environ, "PGPASSWORD": self.password},
            input=typed.encode(),
            stdout=into,
            check=True,
            # Without a terminal of its session a program asks for passwords where its answers come from.
            start_new_session=True,
        )

    def log(self) -> str:
        """Return what the server has logged."""
        return (self._folder / "log").read_text(errors="replace")

    def encrypt(self, chain: bytes, key: bytes) -> None:
        """Restart the server with TLS: it shows these certificates (PEM) from now on."""
        for name, content in (("server.crt", chain), ("server.key", key)):
            file = self._data / name
            file.unlink(missing_ok=True)
            file.touch(mode=0o600)
            file.write_bytes(content)
            if self._user is not None:
                shutil.chown(file, self._user)
        with self.connect() as sql:
            sql.execute("ALTER SYSTEM SET ssl = on")
        self.restart()

    def close(self) -> None:
        """Stop the server and delete its folder."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _create(self) -> None:
        self._folder.chmod(0o755)
        password_file = self._folder / "password"
        password_file.write_text(self.password)
        if self._user is not None:
            shutil.chown(self._folder, self._user)
            shutil.chown(password_file, self._user)
        subprocess.run(
            [
                self._programs / "initdb", "-D", self._data, "-U", SUPERUSER, "--pwfile", password_file, "-E", "UTF8",
                "--locale-provider=libc", "--locale=C.UTF-8", "-A", "scram-sha-256", "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._user,
            cwd=self._folder,
        )  # fmt: skip
        password_file.unlink()

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return


@cache
def server() -> PostgresServer:
    """Return the server that the tests of this process share, started when one first asks for it."""
    return PostgresServer(is_small=True)


def _place_in_memory() -> Path | None:
    """Return where files are kept in memory; None where there is no room for the servers of a few tests at once."""
    return _IN_MEMORY if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free >= _ROOM else None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port: int = free.getsockname()[1]
        return port
