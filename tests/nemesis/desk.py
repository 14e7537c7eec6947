"""A computer with a queue of its own: a window, the unattended program, consoles, and a disk that can be full."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.store.connections.sources import WatchedFolders
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from tests.nemesis.account import LyingAccount
from tests.nemesis.journal import Journal
from tests.nemesis.lasting import Clock, Disk
from tests.nemesis.place import NAME, PACE, Place
from tests.nemesis.reading import Query, sqlite_query
from tests.office.proxy import Proxy
from tests.office.workstations import PortOwners, Workstation

_WINDOW: Final = "tests.nemesis.window"


class Desk(Place):
    """One data folder with many processes on it; its fetches go to a stand-in Anedot."""

    def __init__(self, seed: str, number: int, journal: Journal) -> None:
        folder = Path(tempfile.mkdtemp(prefix="ac-desktop-nemesis-"))
        account = LyingAccount(number)
        super().__init__("desk", seed, folder, account, journal)
        account.start()
        self.anedot: Final = AnedotServer().start()
        self.watched: Final = folder / "watched"
        self.watched.mkdir()
        self.disk: Final = Disk(folder / "data")
        self.clock: Final = Clock(folder / "clock")
        self._secrets = {
            "AC_DESKTOP_API_KEY": account.key,
            "AC_DESKTOP_ANEDOT_URL": self.anedot.url,
            "AC_DESKTOP_ANEDOT_KEY": self.anedot.key,
            **self.clock.environment,
        }
        self.first_day: Final = datetime.now(UTC).date().isoformat()
        self.donated: Final[list[str]] = []
        """The donations that the stand-in Anedot has."""
        self.window: Final = self._station("window", _WINDOW)
        self.unattended: Final = self._station("unattended")
        self.consoles: Final = (self._station("relay1"), self._station("relay2"))
        self.opener: Final = self._station("opener", _WINDOW)
        self._desks = (self._station("console1"), self._station("console2"))
        account.who_is = PortOwners(self.stations).who_is
        self._connect()

    @property
    def stations(self) -> Sequence[Workstation]:
        """Every process that lasts."""
        return (self.window, self.unattended, *self.consoles, self.opener)

    @property
    def desks(self) -> Sequence[Workstation]:
        """Two terminals."""
        return self._desks

    @property
    def query(self) -> Query:
        """What reads the SQLite file."""
        return sqlite_query(self.disk.folder / FILE_NAME)

    def keep_relaying(self) -> None:
        """See that a window is open, that the watched folder is looked at, and that consoles relay at times."""
        if not self.window.is_running() and not self.opener.is_running():
            self.start(self.window)
        if not self.unattended.is_running():
            self.start(self.unattended, "run", "--json")
        for console in self.consoles:
            if not console.is_running() and self.dice.random() < 0.5:
                self.start(console, "relay", NAME, *(["--bulk"] if self.dice.random() < 0.3 else []))

    def mend(self) -> None:
        """Make room on the disk, set the clock right, and kill whatever runs."""
        self.disk.make_room()
        self.clock.set(0)
        for station in self.stations:
            station.resume()
            station.kill()

    def close(self) -> None:
        """End everything."""
        for station in self.stations:
            station.kill()
        self.account.stop()
        self.anedot.stop()
        self.disk.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _station(self, name: str, program: str = "ac_desktop") -> Workstation:
        return Workstation(f"desk {name}", self.disk.folder, Proxy(0), self._secrets, program=program)

    def _connect(self) -> None:
        self.desks[0].run(
            *["connect", NAME, "--url", self.account.url, "--list", self.account.list_id],
            *["--pace", str(PACE), "--no-check", "--yes"],
        )
        self.desks[0].run("auto", NAME, "on", "--every", "1")
        database = SqliteDatabase(self.disk.folder)
        WatchedFolders(database).watch(1, self.watched)
        database.close()
