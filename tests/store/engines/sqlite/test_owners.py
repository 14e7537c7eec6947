"""Who holds a claim, and whether they still live: seen on this computer, never guessed of another (rule 13)."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from tests.store.programs import Program

LIVES = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
owners = SqliteOwners(Path(sys.argv[1]))
print(owners.me, flush=True)
sys.stdin.readline()
owners.close()
print("closed", flush=True)
sys.stdin.readline()
"""
COMES_AND_GOES = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
print("ready", flush=True)
sys.stdin.readline()
for _ in range(150):
    owners = SqliteOwners(Path(sys.argv[1]))
    if not owners.lock_file(owners.me).exists():
        print("lost")
    owners.close()
print("done", flush=True)
"""


@pytest.fixture
def owners(tmp_path: Path) -> Iterator[SqliteOwners]:
    made = SqliteOwners(tmp_path)
    yield made
    made.close()


def test_a_program_that_runs_is_alive(owners: SqliteOwners, tmp_path: Path) -> None:
    with Program(LIVES, tmp_path) as program:
        other = program.line()

        assert owners.is_watched(other)
        assert not owners.is_dead(other)
        assert SqliteOwners.any_alive(tmp_path)


def test_a_program_that_was_killed_is_dead(owners: SqliteOwners, tmp_path: Path) -> None:
    with Program(LIVES, tmp_path) as program:
        other = program.line()
        program.kill()

    assert owners.is_dead(other)


def test_a_program_that_said_goodbye_is_dead(owners: SqliteOwners, tmp_path: Path) -> None:
    with Program(LIVES, tmp_path) as program:
        other = program.line()
        assert program.ask("close") == "closed"

        assert owners.is_dead(other)


def test_we_are_never_dead(owners: SqliteOwners) -> None:
    assert not owners.is_dead(owners.me)
    assert owners.is_watched(owners.me)


def test_nobody_knows_whether_another_computers_program_lives(owners: SqliteOwners) -> None:
    elsewhere = "office-7:4711:1795000000000000000"

    assert not owners.is_watched(elsewhere)
    assert not owners.is_dead(elsewhere)


def test_a_program_of_this_computer_that_left_no_trace_is_dead(owners: SqliteOwners) -> None:
    computer = owners.me.rsplit(":", 2)[0]

    assert owners.is_dead(f"{computer}:4711:1")


def test_traces_of_the_dead_are_swept_away_and_those_of_the_living_stay(owners: SqliteOwners, tmp_path: Path) -> None:
    with Program(LIVES, tmp_path) as program, Program(LIVES, tmp_path) as living:
        dead, alive = program.line(), living.line()
        program.kill()

        third = SqliteOwners(tmp_path)

        assert not owners.lock_file(dead).exists()
        assert owners.lock_file(alive).exists()
        assert owners.is_dead(dead)
        assert not owners.is_dead(alive)
        third.close()


def test_a_trace_that_somebody_looks_at_is_left_for_a_later_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows deletes no file that another process has open."""

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, f"in use, {missing_ok}", str(self))

    owners = SqliteOwners(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        owners.close()
        SqliteOwners(tmp_path).close()

    assert not SqliteOwners.any_alive(tmp_path)
    third = SqliteOwners(tmp_path)
    assert [file for file in (tmp_path / "owners").glob("*.lock") if file != third.lock_file(third.me)] == []
    third.close()


def test_a_folder_where_nobody_works_has_nobody_alive(tmp_path: Path) -> None:
    assert not SqliteOwners.any_alive(tmp_path)
    SqliteOwners(tmp_path).close()
    assert not SqliteOwners.any_alive(tmp_path)


def test_programs_that_start_at_the_same_moment_do_not_take_each_other_for_dead(tmp_path: Path) -> None:
    programs = [Program(COMES_AND_GOES, tmp_path) for _ in range(4)]
    for program in programs:
        assert program.line() == "ready"
    for program in programs:
        program.send("go")

    assert [program.line() for program in programs] == ["done"] * 4
    for program in programs:
        program.end()


@pytest.mark.skipif(sys.platform == "win32", reason="modes as Unix has them")
def test_the_traces_are_for_their_owner_alone(owners: SqliteOwners, tmp_path: Path) -> None:
    folder = owners.lock_file(owners.me).parent

    assert folder.parent == tmp_path
    for file in (folder, *folder.iterdir()):
        assert file.stat().st_mode & 0o077 == 0, file
