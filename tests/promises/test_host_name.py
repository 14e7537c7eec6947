"""A computer is known by what outlasts its name (rule 13): who died on it is seen to be dead, whatever it is called."""

import platform
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from ac_desktop.model import rules
from ac_desktop.model.states import RecordState
from ac_desktop.platform import computer
from ac_desktop.platform.computer import Computer, this_computer
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from tests.made_up import NOW, Store
from tests.promises.counts import KILLS_SURVIVED, count
from tests.store.programs import Program

WORKS = """
import platform
import sys
from pathlib import Path
platform.node = lambda: sys.argv[2]
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, new_record
store = Store(Path(sys.argv[1]))
connection = store.connections.all()[0]
for _ in range(4):
    store.claim(connection)
batch = store.queue.open_batch(connection.id, BatchSource(kind="file"), NOW)
store.queue.add(connection.id, batch, [new_record(row) for row in range(100, 700)], NOW)
print("at work", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with Store(folder) as store:
        store.fill(store.connect(), 6)
    return folder


def rename_computer(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(platform, "node", lambda: name)


def test_a_new_host_name_after_a_kill_keeps_nothing_of_the_dead(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Program(WORKS, folder, "laptop") as program:
        assert program.line() == "at work"
        program.kill()
    rename_computer(monkeypatch, "laptop-of-the-office")

    with Store(folder) as store:
        (connection,) = store.connections.all()
        assert store.states(connection)[:4] == [RecordState.SENDING] * 4
        store.queue.release_dead(connection.id, NOW)

        assert store.states(connection) == [RecordState.WAITING] * 6
        assert store.count("SELECT COUNT(*) FROM batch") == 1
        assert store.count("SELECT COUNT(*) FROM record") == 6
    count(KILLS_SURVIVED)


def test_a_new_host_name_takes_nothing_from_the_living(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Program(WORKS, folder, "laptop") as program:
        assert program.line() == "at work"
        rename_computer(monkeypatch, "laptop-of-the-office")

        with Store(folder) as store:
            (connection,) = store.connections.all()
            store.queue.release_dead(connection.id, NOW + 10 * rules.LEASE)

            assert store.states(connection)[:4] == [RecordState.SENDING] * 4
            assert store.count("SELECT COUNT(*) FROM batch") == 2


def can_rename() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and not subprocess.run([unshare, "--uts", "true"], check=False).returncode


@pytest.mark.skipif(not can_rename(), reason="only Linux's root gives a process a host name of its own")
def test_the_same_with_a_host_name_of_the_systems_own(folder: Path) -> None:
    give_back = (
        "import socket, sys; from pathlib import Path; from tests.made_up import NOW, Store\n"
        "socket.sethostname('renamed')\n"
        "store = Store(Path(sys.argv[1])); (connection,) = store.connections.all()\n"
        "store.queue.release_dead(connection.id, NOW)\n"
        "print(store.count('SELECT COUNT(*) FROM record WHERE state = \\'waiting\\''))"
    )
    with Program(WORKS, folder, platform.node()) as program:
        assert program.line() == "at work"
        program.kill()

    ran = subprocess.run(
        ["unshare", "--uts", sys.executable, "-c", give_back, folder],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )

    assert ran.stdout.strip() == "6"
    count(KILLS_SURVIVED)


# Two computers, or one that has another name

HERE = Computer(mark="a" * 16, start="1" * 16, name="office-1")
THERE = Computer(mark="b" * 16, start="2" * 16, name="office-1")


def owner_of(folder: Path, computer: Computer) -> str:
    """Name a process of a computer that has ended, or whose locks are not seen from here."""
    made = SqliteOwners(folder, computer)
    made.close()
    return made.me


@pytest.mark.parametrize(
    ("other", "is_dead"),
    [
        (HERE, True),
        (replace(HERE, name="renamed"), True),
        (replace(HERE, start="9" * 16), True),
        (replace(HERE, mark="c" * 16), True),
        (THERE, False),
        (replace(THERE, start=""), False),
    ],
    ids=["ended", "renamed", "started anew", "mark made anew while it runs", "another of that name", "another's"],
)
def test_a_computer_sees_its_own_dead_and_nobody_elses(tmp_path: Path, other: Computer, *, is_dead: bool) -> None:
    """On a network share, and in a copied folder, two computers never take each other for dead."""
    owner = owner_of(tmp_path, other)
    here = SqliteOwners(tmp_path, HERE)

    assert (here.is_watched(owner), here.is_dead(owner)) == (is_dead, is_dead)
    here.close()


def test_systems_that_do_not_number_their_starts_are_not_taken_for_one(tmp_path: Path) -> None:
    owner = owner_of(tmp_path, replace(THERE, start=""))
    here = SqliteOwners(tmp_path, replace(HERE, start=""))

    assert not here.is_watched(owner)
    here.close()


def test_another_computers_lock_is_left_where_it_is(tmp_path: Path) -> None:
    """A share may not show its lock: without the file, its own programs would take it for dead."""
    there = SqliteOwners(tmp_path, THERE)
    (lock,) = [file for file in (tmp_path / "owners").glob("*.lock") if THERE.mark in file.name]
    there.close()
    lock.touch()

    SqliteOwners(tmp_path, HERE).close()

    assert lock.exists()
    SqliteOwners(tmp_path, THERE).close()
    assert not lock.exists(), "its own programs sweep it away"


def test_names_of_before_are_understood(tmp_path: Path) -> None:
    here = SqliteOwners(tmp_path, HERE)
    living, dead, elsewhere = "office-1:4711:1", "office-1:4712:2", "office-7:4711:1"
    lock = FileLock(tmp_path / "owners" / "4711-1.lock")
    lock.acquire()

    assert [here.is_dead(owner) for owner in (living, dead, elsewhere)] == [False, True, False]
    lock.release()
    assert here.is_dead(living)
    here.close()


def test_this_computer_is_known_by_its_system_and_its_mark_is_not_kept_as_it_is() -> None:
    first = this_computer()

    assert this_computer() == first
    for path in computer.MACHINE_ID_FILES:
        assert not path.exists() or path.read_text(encoding="ascii").strip()[:8] not in first.mark


def test_a_system_without_a_mark_gets_one_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "machine-id"
    empty.write_text("uninitialized\n", encoding="ascii")
    monkeypatch.setattr(computer, "MACHINE_ID_FILES", (empty,))
    if sys.platform in {"win32", "darwin"}:
        monkeypatch.setattr(computer, "system_id", lambda: "")
    monkeypatch.setenv("HOME", str(tmp_path / "one"))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    first = this_computer()
    rename_computer(monkeypatch, "renamed")
    assert this_computer().mark == first.mark

    if sys.platform != "win32":
        monkeypatch.setenv("HOME", str(tmp_path / "two"))
        assert this_computer().mark != first.mark, "another user, or another computer"


def test_where_nothing_can_be_kept_the_name_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computer, "system_id", lambda: "")
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "file" / "state")
    assert this_computer() == this_computer()
    mark = this_computer().mark
    rename_computer(monkeypatch, "renamed")
    assert this_computer().mark != mark
