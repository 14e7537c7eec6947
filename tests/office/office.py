"""An office for the proofs: a server, an account, and workstations that join as the command line's documents say."""

import csv
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier, Literal

from tests.office.account import OfficeAccount
from tests.office.proxy import Proxy
from tests.office.workstations import PATIENCE, PortOwners, Workstation
from tests.postgres_server import PostgresServer

OWNER: Final = "office_owner"
DATABASE: Final = "office"
SCHEMA: Final = "ac_desktop"
PACE: Final = 5


_POLL: Final = 0.1
_STATES: Final = "SELECT state, count(*) AS number FROM record GROUP BY state"


class Office:
    """Workstations that share a queue; everything in it is gone when it is closed."""

    def __init__(
        self,
        round_trips: Sequence[float],
        *,
        clocks_off: Sequence[float] = (),
        account: OfficeAccount | None = None,
    ) -> None:
        self.folder: Final = Path(tempfile.mkdtemp(prefix="ac-desktop-office-"))
        self.server: Final = PostgresServer()
        self.account: Final = (account or OfficeAccount()).start()
        self.workstations: Final[list[Workstation]] = []
        self.account.who_is = PortOwners(self.workstations).who_is
        self._password = "the-owners-own"
        self._numbers = count()
        with self.server.connect() as sql:
            role = SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}")
            sql.execute(role.format(Identifier(OWNER), Literal(self._password)))
            sql.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(DATABASE), Identifier(OWNER)))
        try:
            for number, round_trip in enumerate(round_trips):
                self.add(round_trip, clock_off=clocks_off[number] if clocks_off else 0.0)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End everything."""
        for workstation in self.workstations:
            workstation.kill()
            workstation.proxy.close()
            if workstation.to_account is not None:
                workstation.to_account.close()
        self.account.stop()
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def first(self) -> Workstation:
        """The workstation that created the office."""
        return self.workstations[0]

    def wait_for_relays(self) -> list[str]:
        """Wait until every relay has ended; say what is left where nothing is asked of the account any more."""
        begun = time.monotonic()
        while running := [workstation for workstation in self.workstations if workstation.is_running()]:
            newest = max([begun, *(request.at for request in self.account.requests()[-1:])])
            if time.monotonic() > newest + PATIENCE:
                left = {row["state"]: row["number"] for row in self.rows(_STATES)}
                said = [line for workstation in running for line in workstation.output.splitlines()[-2:]]
                return [f"{len(running)} relays do not end, with {left}; they said {said}"]
            threading.Event().wait(_POLL)
        return []

    def faults(self) -> list[str]:
        """Return what is broken by faults of our own program, wherever they were."""
        return [f"{one.name} reports a fault of its own:\n{text}" for one in self.workstations for text in one.faults()]

    def add(
        self,
        round_trip: float = 0.0,
        *,
        role: str = "staff",
        clock_off: float = 0.0,
        within: Sequence[str] = (),
        to_account: Proxy | None = None,
    ) -> Workstation:
        """Add a workstation: the first creates the office, the others are invited and join."""
        number = len(self.workstations)
        password = f"the-own-of-{number}" if number else self._password
        workstation = Workstation(
            f"workstation{number}",
            self.folder / f"workstation{number}",
            Proxy(self.server.port, round_trip).start(),
            {"AC_DESKTOP_API_KEY": self.account.key, "AC_DESKTOP_OFFICE_PASSWORD": password},
            clock_off=clock_off,
            within=within,
            to_account=to_account,
        )
        self.workstations.append(workstation)
        if number:
            self._join(workstation, f"person{number}", role)
        else:
            server = f"postgresql://{OWNER}@127.0.0.1:{workstation.proxy.port}/{DATABASE}"
            workstation.run("office", "create", "--server", server)
        return workstation

    def connect(self, name: str, pace: int = PACE) -> None:
        """Create a connection to the account."""
        self.first.run(
            *["connect", name, "--url", self.account.url, "--list", self.account.list_id],
            *["--pace", str(pace), "--no-check", "--yes"],
        )

    def queue(self, name: str, number: int, prefix: str = "donor", by: Workstation | None = None) -> list[str]:
        """Import made-up donors from a file; return their addresses."""
        file = self.donor_file(number, prefix)
        (by or self.first).run("import", name, str(file), "--page", "spring", expected=(0, 3))
        return _emails(number, prefix)

    def donor_file(self, number: int, prefix: str) -> Path:
        """Write a file of made-up donors."""
        return self.file_of(_emails(number, prefix), prefix)

    def file_of(self, emails: Sequence[str], name: str) -> Path:
        """Write a file of donors with these addresses."""
        file = self.folder / f"{name}.csv"
        with file.open("w", newline="", encoding="utf-8") as lines:
            writer = csv.writer(lines)
            writer.writerow(["Email", "First Name", "Last Name"])
            writer.writerows([email, "Donor", "Made-Up"] for email in emails)
        return file

    def new_address(self) -> str:
        """Return an address that nobody had before."""
        return f"new{next(self._numbers):06}@example.org"

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Return rows of the office's own schema, as the server's administrator sees them."""
        with self.server.connect(DATABASE) as sql, sql.cursor(row_factory=dict_row) as cursor:
            cursor.execute(SQL("SET search_path TO {}").format(Identifier(SCHEMA)))
            cursor.execute(query.encode())
            return cursor.fetchall()

    def _join(self, workstation: Workstation, person: str, role: str) -> None:
        """Invite a person, and let the workstation join by its own way to the server."""
        invitation = self.folder / f"{person}.acoffice"
        self.first.run("office", "invite", person, "--role", role, "--out", str(invitation))
        content = json.loads(invitation.read_text(encoding="utf-8"))
        to = self.server.port if workstation.within else workstation.proxy.port
        invitation.write_text(json.dumps(_redirected(content, self.first.proxy.port, to)), encoding="utf-8")
        workstation.run("office", "join", str(invitation))


@contextmanager
def office(round_trips: Sequence[float], *, clocks_off: Sequence[float] = ()) -> Iterator[Office]:
    """Open an office within a `with`."""
    opened = Office(round_trips, clocks_off=clocks_off)
    try:
        yield opened
    finally:
        opened.close()


def _emails(last: int, prefix: str) -> list[str]:
    return [f"{prefix}{number:05}@example.org" for number in range(1, last + 1)]


def _redirected(content: Any, port: int, to: int) -> Any:
    """Return an invitation with another port wherever it names the server's."""
    if isinstance(content, dict):
        return {key: _redirected(value, port, to) for key, value in content.items()}
    if isinstance(content, list):
        return [_redirected(value, port, to) for value in content]
    if isinstance(content, int) and not isinstance(content, bool):
        return to if content == port else content
    return content.replace(f":{port}/", f":{to}/") if isinstance(content, str) else content
