"""What is done to the files of a data folder, made ready to be cut off at any step, and what must hold afterwards."""

import json
import shutil
import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from ac_desktop.model import rules
from ac_desktop.store.engines.sqlite import file_move
from ac_desktop.store.engines.sqlite.backups import restore
from ac_desktop.store.engines.sqlite.database import APPLICATION_ID, FILE_NAME
from tests.made_up import Store, donor, settings
from tests.promises.scenes import must
from tests.promises.tasks import RECEIPT, PuttingAway
from tests.store import release
from tests.store.sqlite_file import the_file

OLD: Final = {"Spring": {"waiting": 43, "sending": 4, "sent": 3}}
BACKUP: Final = {"Spring": {"waiting": 20}}
_STATES: Final = ("waiting", "sending", "sent", "failed", "held", "skipped")


@dataclass(frozen=True)
class Start:
    """How a start of the console ended, and what the command printed before it was cut off."""

    code: int
    said: str
    warned: str
    seen: str = ""

    @property
    def state(self) -> dict[str, dict[str, int]]:
        """The records of each connection, by state."""
        report = json.loads(self.said)
        return {
            one["name"]: {state: one["records"][state] for state in _STATES if one["records"].get(state)}
            for one in report["connections"]
        }


class StepScene(ABC):
    """A folder with a data folder in it; `command` is what is cut off."""

    wanted: dict[str, dict[str, int]]

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / "data"

    @abstractmethod
    def prepare(self) -> None:
        """Make the folder ready."""

    @abstractmethod
    def command(self) -> tuple[str, ...] | PuttingAway:
        """Return what is done, as on the command line where it can be done there."""

    @abstractmethod
    def check(self, start: Start, *, done: bool) -> None:
        """Check the folder after a start; where it is `done` the command has come to its end before."""

    def allowed(self, name: str) -> bool:
        """Whether a file of this name may stay in the data folder when nothing is under way."""
        return not name.endswith(".part") and name not in {
            file_move.ARRIVING_NAME,
            "moving.json",
            "moved.json",
        }


class RestoreScene(StepScene):
    """A backup is restored while part of the database is in its log alone."""

    def prepare(self) -> None:
        """Make a backup with 20 donors, and a database with 50 of whom seven were claimed and three sent."""
        fill_with_log(self.data)
        make_backup(self.data)

    def command(self) -> tuple[str, ...]:
        """Restore."""
        return ("restore", "--yes")

    def check(self, start: Start, *, done: bool) -> None:
        """The old database whole, or the backup, and then the old one whole beside it."""
        must(start.code == 0, f"it does not start: {start}")
        must(start.state in (OLD, BACKUP), f"neither old nor new: {start.state}")
        must(not done or start.state == BACKUP, "it ended, and the backup is not back")
        if start.state == BACKUP:
            replaced = databases(self.data, "replaced")
            must(OLD["Spring"] in [states(path) for path in replaced], "the old database is not kept whole")
        must(states(next(self.data.glob("*.backup"))) == BACKUP["Spring"], "the backup is no longer whole")


class FinishScene(RestoreScene):
    """A start finishes what a killed restore has left."""

    def prepare(self) -> None:
        """Begin to restore, no further than to what is written down first."""
        super().prepare()
        with patch.object(file_move, "finish"), patch.object(file_move, "_rename"):
            restore(self.data, next(self.data.glob("*.backup")))

    def command(self) -> tuple[str, ...]:
        """Start."""
        return ("status", "--json")

    def check(self, start: Start, *, done: bool) -> None:
        """It was asked for, so it is finished."""
        super().check(start, done=done)
        must(start.state == BACKUP, "what was begun is not finished")


class AsideScene(StepScene):
    """A database that cannot be opened is moved aside at a start."""

    why: str

    def prepare(self) -> None:
        """Make a database with a log, and what cannot be opened of it."""
        fill_with_log(self.data)
        make_backup(self.data)
        self._spoil()
        self.before = self._content(self.data / FILE_NAME)

    @abstractmethod
    def _spoil(self) -> None:
        """Replace the database with something that cannot be opened."""

    def command(self) -> tuple[str, ...]:
        """Start."""
        return ("status", "--json")

    def check(self, start: Start, *, done: bool) -> None:
        """Nothing is lost: all that was there has another name, and the next start reports it."""
        must(start.code == 0, f"it does not start: {start}")
        must(start.state == {}, f"there is a queue: {start.state}")
        moved = databases(self.data, self.why)
        must(len(moved) == 1, f"moved aside: {moved}")
        must(self._content(moved[0]) == self.before, "what was moved aside is not what was there")
        must(
            done or str(moved[0]) in start.seen + start.warned,
            f"the queue is empty without a word: {start.warned!r}",
        )

    @staticmethod
    @abstractmethod
    def _content(path: Path) -> bytes:
        """Return what a database holds, wherever SQLite may have moved it between the file and its log."""


class DamagedScene(AsideScene):
    """A damaged one."""

    why = "damaged"

    def _spoil(self) -> None:
        file = self.data / FILE_NAME
        file.write_bytes(b"\xff" * file.stat().st_size)

    @staticmethod
    def _content(path: Path) -> bytes:
        copy = copied(path)
        with closing(sqlite3.connect(copy)) as sql, suppress(sqlite3.DatabaseError):
            sql.execute("PRAGMA application_id").fetchone()
        return copy.read_bytes()


class ForeignScene(AsideScene):
    """One of another program."""

    why = "foreign"

    def _spoil(self) -> None:
        for ending in ("", "-wal", "-shm"):
            (self.data / f"{FILE_NAME}{ending}").unlink()
        theirs = self.root / "theirs"
        theirs.mkdir(mode=0o700)
        with closing(sqlite3.connect(theirs / FILE_NAME)) as sql:
            sql.executescript("PRAGMA journal_mode=WAL; CREATE TABLE recipes (name);")
            sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            sql.executescript("INSERT INTO recipes VALUES ('pie');")
            for file in theirs.iterdir():
                shutil.copy2(file, self.data)
        shutil.rmtree(theirs)

    @staticmethod
    def _content(path: Path) -> bytes:
        with closing(sqlite3.connect(copied(path))) as sql:
            return str(sql.execute("SELECT name FROM recipes").fetchall()).encode()


class MissingScene(StepScene):
    """The database is gone and a backup of it is there: a start begins anew, and says so."""

    def prepare(self) -> None:
        """Remove the database, and leave its log."""
        fill_with_log(self.data)
        make_backup(self.data)
        (self.data / FILE_NAME).unlink()
        (self.data / f"{FILE_NAME}-shm").unlink()
        self.log = (self.data / f"{FILE_NAME}-wal").read_bytes()

    def command(self) -> tuple[str, ...]:
        """Start."""
        return ("status", "--json")

    def check(self, start: Start, *, done: bool) -> None:
        """An empty queue, never unreported, and the log is kept."""
        must(start.code == 0 and start.state == {}, f"it does not begin anew: {start}")
        must(
            done or str(self.data) in start.seen + start.warned,
            f"the queue is empty without a word: {start.warned!r}",
        )
        logs = [path.read_bytes() for path in self.data.glob(f"{FILE_NAME}.missing.*-wal")]
        must(logs == [self.log], "the log that was left is not kept")


class UpdateScene(StepScene):
    """A database of the first release is migrated, after a backup."""

    def prepare(self) -> None:
        """Load it."""
        release.load(release.stored(1), self.data)
        with closing(sqlite3.connect(self.data / FILE_NAME)) as sql:
            self.before = sql.execute("SELECT COUNT(*), SUM(id) FROM record").fetchone()

    def command(self) -> tuple[str, ...]:
        """Start."""
        return ("status", "--json")

    def check(self, start: Start, *, done: bool) -> None:
        """All that it held is there, and one backup of it, whole."""
        del done
        must(start.code == 0, f"it does not start: {start}")
        with closing(sqlite3.connect(copied(self.data / FILE_NAME))) as sql:
            must(sql.execute("SELECT COUNT(*), SUM(id) FROM record").fetchone() == self.before, "records are missing")
        backups = list(self.data.glob("*.backup"))
        must(len(backups) == 1, f"backups: {backups}")
        with closing(sqlite3.connect(copied(backups[0]))) as sql:
            must(sql.execute("PRAGMA user_version").fetchone() == (1,), "the backup is of another version")
            must(
                sql.execute("SELECT COUNT(*), SUM(id) FROM record").fetchone() == self.before, "the backup is not whole"
            )
            must(sql.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the backup is damaged")


class EraseScene(StepScene):
    """One person is erased from the database and its backup, and a receipt replaces an earlier one."""

    email: Final = donor(40).email

    def prepare(self) -> None:
        """Make a database and a backup that hold the person, and an old receipt."""
        fill_with_log(self.data)
        make_backup(self.data, donors=45)
        (self.root / "receipt.txt").write_text("old", encoding="utf-8")

    def command(self) -> tuple[str, ...]:
        """Erase."""
        return ("erase", self.email, "--yes", "--out", str(self.root / "receipt.txt"))

    def check(self, start: Start, *, done: bool) -> None:
        """Nobody else is touched; once it has ended the person is in no byte of the folder."""
        must(start.code == 0, f"it does not start: {start}")
        erased = {"Spring": {"waiting": 42, "sending": 4, "sent": 3, "skipped": 1}}
        must(start.state in (OLD, erased), f"others were touched: {start.state}")
        receipt = (self.root / "receipt.txt").read_text(encoding="utf-8")
        must(receipt == "old" or (self.email in receipt and receipt.endswith("made.\n")), "half a receipt")
        kept = states(next(self.data.glob("*.backup")))
        must(kept in ({"waiting": 45}, {"waiting": 44}), f"the backup is not whole: {kept}")
        if done:
            must(start.state == erased and receipt != "old", "it ended, and the person is there")
            for path in self.data.rglob("*"):
                must(path.is_dir() or self.email.encode() not in path.read_bytes(), f"the person is in {path}")


class CompactScene(StepScene):
    """The file is written anew without what was freed in it."""

    def prepare(self) -> None:
        """Make a database with a log."""
        fill_with_log(self.data)

    def command(self) -> tuple[str, ...]:
        """Compact."""
        return ("retention", "--compact")

    def check(self, start: Start, *, done: bool) -> None:
        """The same as before."""
        del done
        must(start.code == 0 and start.state == OLD, f"it is not as it was: {start}")
        must(states(self.data / FILE_NAME) == OLD["Spring"], "the file is damaged")


class ReportScene(StepScene):
    """A report is written over an older one."""

    def prepare(self) -> None:
        """Make a database, and an old report."""
        fill_with_log(self.data)
        (self.root / "out").mkdir()
        (self.root / "out" / "report.csv").write_text("old", encoding="utf-8")

    def command(self) -> tuple[str, ...]:
        """Write the report."""
        return ("report", "Spring", "--out", str(self.root / "out" / "report.csv"))

    def check(self, start: Start, *, done: bool) -> None:
        """The old report or the new one, and no more than one part beside it, which the next one takes away."""
        must(start.code == 0 and start.state == OLD, f"it is not as it was: {start}")
        report = (self.root / "out" / "report.csv").read_text(encoding="utf-8")
        must(report == "old" or report.count("\n") == 51, "half a report")
        beside = len(list((self.root / "out").iterdir())) - 1
        must(beside <= (0 if done else 2), f"{beside} files lie beside the report")
        must(not done or report != "old", "it ended, and the report is the old one")


class PutAwayScene(StepScene):
    """A file of a watched folder is moved into `done`, where one of its name is, with its receipt."""

    content: Final = "email\n" + "".join(f"donor{number}@example.org\n" for number in range(40))

    def prepare(self) -> None:
        """Make a database and a watched folder."""
        fill_with_log(self.data)
        (self.root / "watched" / "done").mkdir(parents=True)
        (self.root / "watched" / "donors.csv").write_text(self.content, encoding="utf-8")
        (self.root / "watched" / "done" / "donors.csv").write_text("an older one", encoding="utf-8")

    def command(self) -> PuttingAway:
        """Move it into `done`."""
        return PuttingAway(folder=self.root, file=self.root / "watched" / "donors.csv")

    def check(self, start: Start, *, done: bool) -> None:
        """The file is whole in one place or the other, beside what was there; its receipt is whole or not there."""
        must(start.code == 0 and start.state == OLD, f"it is not as it was: {start}")
        away = self.root / "watched" / "done"
        files = {path: path.read_text(encoding="utf-8") for path in away.iterdir() if path.suffix == ".csv"}
        must(files.pop(away / "donors.csv") == "an older one", "an older file was overwritten")
        must(set(files.values()) <= {self.content, ""}, "half a file was put away")
        source = self.root / "watched" / "donors.csv"
        must(source.exists() or self.content in files.values(), "the file is lost")
        must(not source.exists() or source.read_text(encoding="utf-8") == self.content, "the file is no longer whole")
        must(not done or not source.exists(), "it ended, and the file is still there")
        receipts = [path.read_text(encoding="utf-8") for path in away.iterdir() if path.name.endswith("receipt.html")]
        must(set(receipts) <= {RECEIPT}, "half a receipt")
        must(len(list(away.iterdir())) <= 5, "what a cut left is not bounded")


SCENES: Final[dict[str, type[StepScene]]] = {
    "restore": RestoreScene,
    "finish": FinishScene,
    "damaged": DamagedScene,
    "foreign": ForeignScene,
    "missing": MissingScene,
    "update": UpdateScene,
    "erase": EraseScene,
    "compact": CompactScene,
    "report": ReportScene,
    "put away": PutAwayScene,
}


def fill_with_log(data: Path) -> None:
    """Leave a database as a killed process does: 50 donors, and in the log alone that four are claimed, three sent."""
    making = data.with_name("making")
    with Store(making) as store:
        connection = store.connect(settings())
        store.fill(connection, 50)
        the_file(store.database).checkpoint()
        for _ in range(3):
            store.end(store.claim(connection), rules.Success())
        for _ in range(4):
            store.claim(connection)
        data.mkdir(mode=0o700, parents=True)
        for file in making.glob(f"{FILE_NAME}*"):
            shutil.copy2(file, data)
    shutil.rmtree(making)


def make_backup(data: Path, *, donors: int = 20) -> Path:
    """Create a backup of another database beside it."""
    making = data.with_name("making")
    with Store(making) as store:
        store.fill(store.connect(settings()), donors)
    backup = (making / FILE_NAME).rename(data / f"{FILE_NAME}.version-1.20260701-120000.backup")
    shutil.rmtree(making)
    return backup


def databases(data: Path, why: str) -> list[Path]:
    """Return which databases were moved aside."""
    return [path for path in data.glob(f"{FILE_NAME}.{why}.*") if not path.name.endswith(("-wal", "-shm", "-journal"))]


def copied(path: Path) -> Path:
    """Copy a database with its log, so that looking at it changes nothing."""
    folder = path.parent.parent.with_name("looked-at")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for ending in ("", "-wal", "-journal"):
        part = Path(f"{path}{ending}")
        if part.exists():
            shutil.copy2(part, folder / f"copy{ending}")
    return folder / "copy"


def states(path: Path) -> dict[str, int]:
    """Count the records of a database by state; nothing where it is damaged or empty."""
    with closing(sqlite3.connect(copied(path))) as sql:
        try:
            if sql.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return {}
            if sql.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                return {}
            return dict(sql.execute("SELECT state, COUNT(*) FROM record GROUP BY state"))
        except sqlite3.DatabaseError:
            return {}
