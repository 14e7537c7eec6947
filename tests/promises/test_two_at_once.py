"""Two at once: one window a data folder; window and console share a queue; clocks and processes stop and go on."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Self

import pytest
from filelock import FileLock
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ac_desktop.console.terminal import ExitCode
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.platform.paths import KEY_VARIABLE
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queue.claims import Claim
from ac_desktop.ui.main import single_instance
from ac_desktop.ui.main.single_instance import InstanceAddress
from tests.clock import START
from tests.harness import Harness, donors
from tests.store.plain_rows import plain
from tests.store.sqlite_file import the_file

ROOT = Path(__file__).parents[2]
SYNC, LIST = "contact/sync", "contactLists"
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that stops a process")


class Window:
    """The program with its window, in a process of its own."""

    def __init__(self, folder: Path, *arguments: object, key: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.promises.watched_window", *map(str, arguments), "--data-dir", str(folder)],
            cwd=ROOT,
            env={**os.environ, **({KEY_VARIABLE: key} if key else {})},
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self, text: str) -> None:
        """Wait until the window has said so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == text:
                return
        raise AssertionError(f"the window ended before it said {text!r}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


def start_again(folder: Path, *arguments: object, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ac_desktop", "--data-dir", str(folder), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_a_second_start_calls_the_first_window_forward_and_hands_it_the_files(tmp_path: Path) -> None:
    (tmp_path / "spring.csv").write_text("Email\nannie@example.org\n", encoding="utf-8")
    with Window(tmp_path / "data") as first:
        first.says("shown")
        second = start_again(tmp_path / "data", "open", "spring.csv", cwd=tmp_path)
        first.says("forward")
        first.says("files spring.csv")

    assert (second.returncode, second.stdout) == (0, "")


def test_practice_has_a_window_of_its_own_and_only_one(tmp_path: Path) -> None:
    with Window(tmp_path / "data") as first:
        first.says("shown")
        with Window(tmp_path / "data", "--practice") as practice:
            practice.says("shown")
            assert start_again(tmp_path / "data", "--practice").returncode == 0
            practice.says("forward")


def test_a_window_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    with Window(tmp_path / "data") as first:
        first.says("shown")
        assert start_again(tmp_path / "data").returncode == 0
        first.process.kill()
        first.process.wait(30)
    with Window(tmp_path / "data") as after_it:
        after_it.says("shown")
        assert start_again(tmp_path / "data").returncode == 0
        after_it.says("forward")


@pytest.mark.parametrize("depth", [0, 12])
def test_files_wait_until_no_dialog_is_in_the_way(tmp_path: Path, qtbot: QtBot, depth: int) -> None:
    folder = tmp_path.joinpath(*["a-long-name"] * depth, "data")
    heard: list[Sequence[Path]] = []
    place = InstanceAddress(folder, practice=False)
    assert place.acquire([])
    place.listen(heard.append)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setModal(True)
    dialog.show()
    second = subprocess.Popen(
        [sys.executable, "-m", "ac_desktop", "--data-dir", str(folder), "open", str(tmp_path / "spring.csv")], cwd=ROOT
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    before = list(heard)
    dialog.close()
    qtbot.waitUntil(lambda: len(heard) == 2)
    place.release()

    assert second.returncode == 0
    assert (before, heard) == ([[]], [[], [tmp_path / "spring.csv"]])


def _connected(stranger: QLocalSocket, socket: str) -> bool:
    stranger.connectToServer(socket)
    return stranger.state() is QLocalSocket.LocalSocketState.ConnectedState


def test_what_is_no_call_of_ours_is_not_answered(tmp_path: Path, qtbot: QtBot) -> None:
    heard: list[Sequence[Path]] = []
    place = InstanceAddress(tmp_path, practice=False)
    assert place.acquire([])
    place.listen(heard.append)
    deep = b'{"files":' + b"[" * 200_000
    for said in (b"\n", b"[]\n", b'{"files":7,"token":null}\n', b"GET / HTTP/1.1\r\n", b"[" * 200_000 + b"\n",
                 deep + b"]" * 200_000 + b',"token":null}\n', deep + b"\n", b"[" * 3_000_000):  # fmt: skip
        stranger = QLocalSocket()
        qtbot.waitUntil(partial(_connected, stranger, place.socket()))
        stranger.write(said)
        with qtbot.waitSignal(stranger.disconnected):
            stranger.flush()
        assert stranger.readAll().isEmpty()
    place.release()

    assert heard == []


def test_a_window_that_does_not_answer_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "PATIENCE", 0.1)
    with FileLock(tmp_path / "window.lock"), pytest.raises(StoreError, match="isn't responding"):
        InstanceAddress(tmp_path, practice=False).acquire([])


def test_a_folder_that_cannot_be_used_is_left_to_the_store_to_report(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()

    ended = start_again(tmp_path / "a file" / "data")

    assert ended.returncode == ExitCode.WRONG_USE
    assert "can't be used" in ended.stderr
    assert "Traceback" not in ended.stderr


def _stop_outside_of_writing(process: int, database: Path) -> None:
    """Stop the process at a moment at which it does not hold the database for writing, which would block the others."""
    if sys.platform == "win32":
        raise NotImplementedError
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as probe:
        while True:
            os.kill(process, signal.SIGSTOP)
            os.waitpid(process, os.WUNTRACED)
            try:
                probe.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                os.kill(process, signal.SIGCONT)
            else:
                probe.execute("ROLLBACK")
                return


def console(harness: Harness, *, workers: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unpaced_console", "relay", "Spring", "--data-dir", str(harness.folder)],
        cwd=ROOT,
        env={**os.environ, KEY_VARIABLE: harness.server.key, "AC_DESKTOP_TESTED_WORKERS": str(workers)},
        stdout=subprocess.DEVNULL,
    )


def nobody_lost_or_twice(harness: Harness, number: int) -> None:
    assert harness.emails_on_list() == {donor.email for donor in donors(number)}
    assert {
        attempt.reason
        for (one,) in harness.services.database.rows("SELECT id FROM connection")
        for attempt in harness.services.history.all_attempts(one)
    } == {None}
    bodies = Counter(request.body for request in harness.account.requests() if request.method == "POST")
    assert len(bodies) == 2 * number
    assert set(bodies.values()) == {1}, "a request was repeated"
    assert plain(harness.services.database.row("PRAGMA integrity_check")) == ("ok",)


def test_window_and_console_share_a_queue_and_lose_nobody(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(60))
        owners: set[str] = set()

        def look(_: Incoming) -> Faults:
            held = harness.services.database.rows("SELECT DISTINCT owner FROM record WHERE state = 'sending'")
            owners.update(owner for (owner,) in held)
            return Faults(slow_seconds=0.25)  # so that one is still at it when the other begins

        harness.account.set_schedule(look)
        with Window(harness.folder, "--press-relay", key=harness.server.key) as window:
            window.says("pressed")
            assert console(harness, workers=2).wait(100) == ExitCode.OK
        harness.services.queue.release_dead(connection.id, harness.clock.now())

        counts = harness.counts(connection)
        assert len(owners) == 2, "one of them did it all"
        assert (counts.sent, counts.rows) == (60, 60)
        nobody_lost_or_twice(harness, 60)


@needs_signals
def test_a_process_suspended_in_mid_request_keeps_its_record_and_finishes_it(tmp_path: Path) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(20))
        suspended = console(harness, workers=1)
        is_suspended, is_alone = threading.Event(), threading.Event()

        def suspend(incoming: Incoming) -> None:
            if incoming.number == 1:
                _stop_outside_of_writing(suspended.pid, the_file(harness.services.database).path)
                is_suspended.set()
            if incoming.path == LIST and incoming.of_path == 19:
                is_alone.set()

        harness.account.set_schedule(suspend)
        assert is_suspended.wait(60)
        other = console(harness, workers=2)
        assert is_alone.wait(60)
        os.kill(suspended.pid, signal.SIGCONT)

        assert (suspended.wait(60), other.wait(60)) == (ExitCode.OK, ExitCode.OK)
        assert harness.counts(connection).sent == 20
        nobody_lost_or_twice(harness, 20)


@needs_signals
def test_a_connection_that_broke_while_suspended_is_passing_trouble(tmp_path: Path) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(3))
        suspended = console(harness, workers=1)
        broken = threading.Event()

        def suspend_and_break(incoming: Incoming) -> Faults | None:
            if incoming.number == 1:
                os.kill(suspended.pid, signal.SIGSTOP)
                broken.set()
                return Faults(outage=Outage.RESET_AFTER)
            return None

        harness.account.set_schedule(suspend_and_break)
        assert broken.wait(60)
        os.kill(suspended.pid, signal.SIGCONT)

        assert suspended.wait(60) == ExitCode.OK
        assert harness.counts(connection).sent == 3
        assert len(harness.account.contacts()) == 3
        assert harness.now_is(connection).circuit.streak == 0


@contextmanager
def _held_up(harness: Harness, connection: Connection) -> Iterator[Callable[[], None]]:
    """Relay one donor whose request the account keeps waiting until the returned function is called."""
    arrived, release = threading.Event(), threading.Event()

    def hold_up(incoming: Incoming) -> None:
        if incoming.number == 1:
            arrived.set()
            release.wait(60)

    harness.account.set_schedule(hold_up)
    harness.services.engine.start(connection.id)
    assert arrived.wait(60)
    yield release.set
    release.set()
    assert harness.services.engine.join(connection.id, 60)


@pytest.mark.parametrize("hours", [-1, 0, 1, 24])
def test_a_clock_that_jumps_in_mid_request_gives_nobodys_record_away(tmp_path: Path, hours: int) -> None:
    with Harness(tmp_path / "data", workers=1) as harness:
        connection = harness.connect()
        harness.queue(connection, donors(1))
        others = harness.open()
        with _held_up(harness, connection) as go_on:
            harness.clock.set(START + hours * 3600)
            got = others.queue.claim(connection.id, harness.clock.now())
            go_on()
        others.close()

        assert not isinstance(got, Claim), "the record of a process that lives was taken from it"
        assert harness.counts(connection).sent == 1
        nobody_lost_or_twice(harness, 1)


def test_a_clock_set_back_an_hour_makes_nobody_wait_an_hour(tmp_path: Path) -> None:
    with Harness(tmp_path / "data", workers=2) as harness:
        connection = harness.connect()
        harness.queue(connection, donors(12))

        def set_back(incoming: Incoming) -> Faults | None:
            if incoming.number in {5, 9}:
                harness.clock.advance(-3600)
            return Faults(outage=Outage.ERROR_500) if incoming.number in {4, 5, 9} else None

        harness.account.set_schedule(set_back)
        counts = harness.relay(connection)

        assert (counts.sent, counts.rows) == (12, 12)
        assert harness.now_is(connection).state is ConnectionState.ACTIVE
        assert harness.clock.now() <= START - 2 * 3600 + 4 * 30


def test_a_clock_that_stands_still_stops_no_relay(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(12))
        harness.account.set_schedule(lambda _: harness.clock.set(START))

        assert harness.relay(connection).sent == 12
        nobody_lost_or_twice(harness, 12)
