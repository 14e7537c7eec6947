"""Offices for tests of the console: a database of a real server with an owner, and workstations as data folders."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from psycopg.sql import SQL, Identifier, Literal

from tests.console.conftest import PRINTED, ROOT, Ran
from tests.postgres_server import PostgresServer, server

PATIENCE = 100
OWNER_PASSWORD = "owner's own words"


class OfficeDatabase:
    """An empty database, and the login that owns it and may make other logins."""

    def __init__(self, on: PostgresServer | None = None, *, may_invite: bool = True) -> None:
        self.server = on or server()
        mark = secrets.token_hex(4)
        self.name = f"office_{mark}"
        self.owner = f"owner_{mark}"
        self.mark = mark
        rights = SQL("LOGIN CREATEROLE" if may_invite else "LOGIN")
        with self.server.connect() as sql:
            sql.execute(
                SQL("CREATE ROLE {} {} PASSWORD {}").format(Identifier(self.owner), rights, Literal(OWNER_PASSWORD))
            )
            sql.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(self.name), Identifier(self.owner)))

    @property
    def url(self) -> str:
        """What `--server` gets."""
        return f"postgresql://{self.owner}@127.0.0.1:{self.server.port}/{self.name}"


class OfficeWorkstation:
    """A data folder, whose person's password is in the environment of each command; `program` has the packages."""

    def __init__(self, folder: Path, password: str, program: Path = ROOT) -> None:
        self.folder = folder
        self.password = password
        self._program = program

    def __call__(
        self, *arguments: object, key: str | None = None, module: str = "ac_desktop", password: str | None = ""
    ) -> Ran:
        """Run a command to its end; a `password` of None is in no environment."""
        return ended(self.started(*arguments, key=key, module=module, password=password))

    def started(
        self, *arguments: object, key: str | None = None, module: str = "ac_desktop", password: str | None = ""
    ) -> subprocess.Popen[str]:
        """Start a command."""
        environment = {name: value for name, value in os.environ.items() if name != "AC_DESKTOP_OFFICE_PASSWORD"}
        if password is not None:
            environment["AC_DESKTOP_OFFICE_PASSWORD"] = password or self.password
        if key is not None:
            environment["AC_DESKTOP_API_KEY"] = key
        return subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments), "--data-dir", str(self.folder)],
            cwd=self._program,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding=PRINTED,
        )


def ended(running: subprocess.Popen[str]) -> Ran:
    """Return how a command ended; one that does not is killed."""
    try:
        out, err = running.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        raise
    assert "Traceback" not in err, err
    return Ran(running.returncode, out, err)


def create_office(database: OfficeDatabase, folder: Path) -> OfficeWorkstation:
    """Create an office; return the workstation of its owner."""
    workstation = OfficeWorkstation(folder, OWNER_PASSWORD)
    created = workstation("office", "create", "--server", database.url)
    assert created.code == 0, created.err
    return workstation


def joined(
    admin: OfficeWorkstation, folder: Path, person: str, role: str = "staff", program: Path = ROOT
) -> OfficeWorkstation:
    """Invite a person, who joins with a program; return their workstation."""
    file = folder.with_suffix(".acoffice")
    invited = admin("office", "invite", person, "--role", role, "--out", file)
    assert invited.code == 0, invited.err
    workstation = OfficeWorkstation(folder, f"own words of {person}", program)
    ran = workstation("office", "join", file)
    assert ran.code == 0, ran.err
    return workstation
