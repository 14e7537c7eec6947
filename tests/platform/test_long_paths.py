"""A data folder, an export, a watched folder and a report may lie below a path of more than 260 characters."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest

from ac_desktop.console.terminal import ExitCode
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.sources.watched_folder import DONE, FolderScan, move_to_done, new_file_at
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.platform import paths
from ac_desktop.platform.long_paths import extended, reachable
from ac_desktop.platform.private_files import write_private
from ac_desktop.reporting.csv_files import write_verified
from ac_desktop.reporting.report import write_report
from ac_desktop.store.engines.sqlite.sql import file_uri
from tests.harness import Harness

LONG = "a" * 100
CSV = "Email,First Name\nann@example.org,Ann\nbea@example.org,Bea\n"
LONGEST = 259


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\Users\Ann\Documents", r"C:\Users\Ann\Documents"),
        (rf"C:\{LONG}\{LONG}", rf"\\?\C:\{LONG}\{LONG}"),
        (rf"\\office\donors\{LONG}\{LONG}", rf"\\?\UNC\office\donors\{LONG}\{LONG}"),
        (rf"\\?\C:\{LONG}\{LONG}", rf"\\?\C:\{LONG}\{LONG}"),
        (rf"\\.\C:\{LONG}\{LONG}", rf"\\.\C:\{LONG}\{LONG}"),
    ],
)
def test_windows_is_told_to_take_a_long_path_as_it_is(path: str, expected: str) -> None:
    assert str(extended(PureWindowsPath(path))) == expected


def test_a_path_is_long_where_a_file_in_it_and_its_temporary_part_may_be() -> None:
    folder = PureWindowsPath("C:\\") / LONG / ("b" * 25)
    assert extended(folder) == folder
    assert len(str(folder)) + len(f"\\.{'n' * 50}.{'0' * 12}.part") < LONGEST
    assert str(extended(folder.with_name("b" * 26))).startswith("\\\\?\\")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (rf"\\?\C:\{LONG}", rf"In C:\{LONG}."),
        (rf"\\?\UNC\office\donors\{LONG}", rf"In \\office\donors\{LONG}."),
        (r"C:\data", r"In C:\data."),
    ],
)
def test_people_read_a_long_path_as_they_know_it(path: str, expected: str) -> None:
    assert tr("In {folder}.", folder=PureWindowsPath(path)) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="what other systems do")
def test_other_systems_are_given_every_path_as_it_is(tmp_path: Path) -> None:
    assert reachable(tmp_path / LONG / LONG / ".." / LONG) == tmp_path / LONG / LONG / ".." / LONG


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Return a folder as a person names it, whose path is longer than Windows takes; made as Explorer makes it."""
    folder = tmp_path / LONG / LONG / LONG
    reachable(folder).mkdir(parents=True)
    assert len(str(folder)) > LONGEST
    with refused():
        yield folder


class Refusal:
    """Refuses too long a path as Windows does where long paths are not allowed; Wine takes them all."""

    events = frozenset({"open", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.scandir", "sqlite3.connect"})

    def __init__(self) -> None:
        self.is_on = False
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_on and event in self.events:
            for name in map(str, arguments[:2]):
                if len(name) > LONGEST and name[1:3] == ":\\":
                    raise FileNotFoundError(2, "The system cannot find the path specified", name)

    def __enter__(self) -> None:
        self.is_on = sys.platform == "win32"

    def __exit__(self, *_: object) -> None:
        self.is_on = False


REFUSAL: list[Refusal] = []


def refused() -> Refusal:
    """Return the one refusal of this process: what listens to the interpreter listens to its end."""
    if not REFUSAL:
        REFUSAL.append(Refusal())
    return REFUSAL[0]


def test_an_export_goes_from_there_through_a_data_folder_there_into_a_report_there(deep: Path) -> None:
    (reachable(deep) / "donors.csv").write_text(CSV, encoding="utf-8")
    folder = paths.data_folder(deep / "data")
    with Harness(folder) as harness:
        connection = harness.connect()
        services = harness.services
        batches = import_table(
            services.queue, services.row_hashes, connection, [deep / "donors.csv"], load_profiles(), now=1e9
        )
        assert [batch.result.waiting for batch in batches] == [2]
        assert harness.relay(connection).of(RecordState.SENT) == 2
        harness.restart()
        rows = list(harness.services.reports.of_states(connection.id, (RecordState.SENT,)))
        assert write_report(deep / "report.csv", rows) == 2
    assert "ann@example.org" in (reachable(deep) / "report.csv").read_text(encoding="utf-8-sig")


def test_a_watched_folder_there_gives_out_its_file_and_puts_it_into_done(deep: Path) -> None:
    (reachable(deep) / "donors.csv").write_text(CSV, encoding="utf-8")
    scan = FolderScan(deep)
    assert scan.ready() == []
    (found,) = scan.ready()
    arrived = new_file_at(found.path)
    moved = move_to_done(arrived, (arrived.sha256,), "<p>2</p>")
    assert moved.target.read_text(encoding="utf-8") == CSV
    assert sorted(path.name for path in (reachable(deep) / DONE).iterdir()) == ["donors.csv", "donors.csv.receipt.html"]


def test_every_other_file_that_a_person_names_is_written_there(deep: Path) -> None:
    write_private(deep / "receipt.html", "<p>2</p>")
    write_verified(deep / "missing.csv", [("Ann", "ann@example.org", "no")])
    names = sorted(path.name for path in reachable(deep).iterdir())
    assert names == ["missing.csv", "receipt.html"]


def test_sqlite_opens_a_file_there_by_its_uri(deep: Path) -> None:
    path = reachable(deep) / "one.sqlite3"
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("CREATE TABLE one (name)")
    with closing(sqlite3.connect(file_uri(path, "mode=ro"), uri=True)) as sql:
        assert sql.execute("SELECT COUNT(*) FROM one").fetchone() == (0,)


def test_the_console_works_with_a_data_folder_there(deep: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ac_desktop.cli import main

    assert main(["--data-dir", str(deep / "data"), "connections"]) == ExitCode.OK
    assert (reachable(deep) / "data" / "donors.sqlite3").exists()
    assert "\\\\?\\" not in capsys.readouterr().out
