"""Files that change on their way out of a watched folder: every row is queued once, and nothing unread is in `done`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.importing.reader_process import ReaderProcess, ReadResult
from ac_desktop.importing.sources.watched_folder import DONE, MovedFile, PendingMove
from ac_desktop.model.connection import Connection
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from tests.anedot import donation_rows, write_export
from tests.harness import Harness
from tests.store.programs import Program
from tests.ui.importing.watching.test_folder_watch import Watching

APPENDS = """
import sys
file = open(sys.argv[1], "ab")
for name in sys.stdin:
    file.write(open(name.strip(), "rb").read())
    file.flush()
    print("written", flush=True)
"""
Deed = Callable[[], None]


class Meanwhile:
    """Before or after a reader something happens to the file, once."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.before: list[Deed] = []
        self.after: list[Deed] = []
        start, wait = ReaderProcess.start, ReaderProcess.wait

        def started(reader: ReaderProcess) -> None:
            if self.before:
                self.before.pop()()
            start(reader)

        def waited(reader: ReaderProcess) -> ReadResult:
            end = wait(reader)
            if self.after:
                self.after.pop()()
            return end

        patch.setattr(ReaderProcess, "start", started)
        patch.setattr(ReaderProcess, "wait", waited)


@pytest.fixture
def watching(qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path) -> Watching:
    return Watching(qtbot, harness, window, connection, tmp_path / "exports")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Meanwhile]:
    made = Meanwhile(monkeypatch)
    yield made
    assert not made.before + made.after


def settled(watching: Watching) -> None:
    """Check the folder until there is nothing to do any more."""
    for _ in range(6):
        watching.look()
        watching.until(
            lambda: watching.window.deferred.flow.state.stage is ImportStage.IDLE and not watching.window.bridge.is_busy
        )


def waiting(watching: Watching) -> int:
    return watching.harness.counts(watching.connection).waiting


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_file_replaced_while_it_is_read_loses_nobody(
    watching: Watching, meanwhile: Meanwhile, tmp_path: Path, when: str
) -> None:
    path = write_export(watching.folder / "spring.csv", donation_rows(5))
    other = write_export(tmp_path / "other.csv", donation_rows(5, start=50))
    getattr(meanwhile, when).append(lambda: os.replace(other, path))  # noqa: PTH105  as writers do
    settled(watching)

    put_away = (watching.folder / DONE / "spring.csv").read_text(encoding="utf-8")
    assert put_away.count("donor5") == 5, "the newer file"
    assert waiting(watching) == (10 if when == "after" else 5)
    assert watching.names() == {"spring.csv", "spring.csv.receipt.html"}
    assert not path.exists()


def test_rows_appended_while_the_file_is_read_are_queued_and_none_twice(
    watching: Watching, meanwhile: Meanwhile
) -> None:
    path = write_export(watching.folder / "spring.csv", donation_rows(20))
    meanwhile.after.append(lambda: write_whole(path, 40))
    settled(watching)

    assert waiting(watching) == 40
    assert (watching.folder / DONE / "spring.csv").read_text(encoding="utf-8").count("@example.org") == 40


def write_whole(path: Path, number: int) -> None:
    write_export(path, donation_rows(number))


@pytest.mark.skipif(sys.platform != "linux", reason="this system does not say who writes to a file")
def test_a_writer_that_pauses_is_waited_for(watching: Watching, tmp_path: Path) -> None:
    first = write_export(tmp_path / "first.csv", donation_rows(20))
    rest = tmp_path / "rest.csv"
    whole = write_export(tmp_path / "all.csv", donation_rows(40)).read_bytes()
    rest.write_bytes(whole.removeprefix(first.read_bytes()))
    with Program(APPENDS, watching.folder / "spring.csv") as writer:
        assert writer.ask(str(first)) == "written"
        settled(watching)
        assert waiting(watching) == 0
        assert watching.names() == set()
        assert writer.ask(str(rest)) == "written"
        writer.end()
    settled(watching)

    assert waiting(watching) == 40
    assert watching.names() == {"spring.csv", "spring.csv.receipt.html"}


def test_a_file_that_disappears_while_it_is_read_is_reported(watching: Watching, meanwhile: Meanwhile) -> None:
    path = write_export(watching.folder / "spring.csv", donation_rows(5))
    meanwhile.before.append(path.unlink)
    settled(watching)

    assert "“spring.csv” was removed from the watched folder" in watching.message()
    assert waiting(watching) == 0
    write_export(path, donation_rows(5))
    settled(watching)
    assert waiting(watching) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_done_that_is_a_link_is_reported_and_the_file_moves_once_it_is_none(watching: Watching, tmp_path: Path) -> None:
    done, elsewhere = watching.folder / DONE, tmp_path / "elsewhere"
    elsewhere.mkdir()
    done.symlink_to(elsewhere)
    path = write_export(watching.folder / "spring.csv", donation_rows(5))
    settled(watching)
    assert "was queued, but AC Desktop can't move it to “done” (the folder is a link)" in watching.message()
    assert (waiting(watching), path.exists(), list(elsewhere.iterdir())) == (5, True, [])

    done.unlink()
    settled(watching)
    assert waiting(watching) == 5
    assert watching.names() == {"spring.csv", "spring.csv.receipt.html"}
    assert "was queued: 5 rows" in watching.message()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_is_reported_once_and_left_alone(watching: Watching, tmp_path: Path) -> None:
    link = watching.folder / "link.csv"
    link.symlink_to(write_export(tmp_path / "real.csv", donation_rows(5)))
    settled(watching)
    assert "“link.csv” in the watched folder is a link" in watching.message()
    watching.window.message_bar.hide()
    settled(watching)
    assert watching.message() == ""
    assert waiting(watching) == 0
    assert link.is_symlink()


@pytest.fixture
def at_the_end(monkeypatch: pytest.MonkeyPatch) -> list[Deed]:
    """What happens once the file is queued, just before it is put away."""
    deeds: list[Deed] = []
    go = PendingMove.run

    def interrupted(leaving: PendingMove) -> MovedFile:
        if deeds:
            deeds.pop()()
        return go(leaving)

    monkeypatch.setattr(PendingMove, "run", interrupted)
    return deeds


def test_a_queued_file_that_somebody_takes_away_is_reported(watching: Watching, at_the_end: list[Deed]) -> None:
    path = write_export(watching.folder / "spring.csv", donation_rows(5))
    at_the_end.append(path.unlink)
    settled(watching)
    assert "“spring.csv” was queued. Someone removed it from the watched folder" in watching.message()
    assert waiting(watching) == 5


def test_a_folder_that_numbers_its_files_anew_does_not_have_them_read_for_ever(
    watching: Watching, at_the_end: list[Deed]
) -> None:
    path = write_export(watching.folder / "spring.csv", donation_rows(5))

    def number_anew() -> None:
        copy = path.with_name("copy.part")
        copy.write_bytes(path.read_bytes())
        copy.replace(path)

    at_the_end += [number_anew, number_anew]
    settled(watching)

    assert at_the_end == []
    assert watching.names() == {"spring.csv", "spring.csv.receipt.html"}
    assert waiting(watching) == 5


def test_what_is_written_on_in_done_comes_back_and_its_new_rows_are_queued(watching: Watching) -> None:
    write_export(watching.folder / "spring.csv", donation_rows(20))
    settled(watching)
    write_export(watching.folder / DONE / "spring.csv", donation_rows(40))
    settled(watching)

    assert waiting(watching) == 40
    assert watching.names() == {"spring.csv.receipt.html", "spring (2).csv", "spring (2).csv.receipt.html"}


def test_the_receipt_is_its_owners_alone(watching: Watching) -> None:
    write_export(watching.folder / "spring.csv", donation_rows(5))
    settled(watching)
    receipt = watching.folder / DONE / "spring.csv.receipt.html"
    assert sys.platform == "win32" or receipt.stat().st_mode & 0o077 == 0


def test_rows_that_are_gone_are_not_called_queued(watching: Watching, tmp_path: Path) -> None:
    """Another computer took them for a half-read file's, as they lay on the Check page for days."""
    flow = watching.window.deferred.flow
    flow.add_files(watching.connection.id, [write_export(tmp_path / "by hand.csv", donation_rows(3))])
    watching.until(lambda: flow.state.stage is ImportStage.CHECKING)
    watching.harness.services.staging.drop_all()

    flow.queue()
    watching.until(lambda: flow.state.stage is ImportStage.REFUSED)

    assert "Nothing was queued" in flow.state.text
    flow.cancel()
    watching.until(lambda: not watching.window.bridge.is_busy)
