"""One process at a time holds a file, and however it ends, the next one can."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from ac_desktop.platform.file_lock import FileLock, try_lock

HOLD = """
import sys
from pathlib import Path
from ac_desktop.platform.file_lock import FileLock

lock = FileLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_one_at_a_time_holds_it(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "window.lock"), FileLock(tmp_path / "window.lock")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    assert not first.acquire()
    second.release()


def test_leaving_what_is_not_held_takes_nothing_from_who_holds_it(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "window.lock"), FileLock(tmp_path / "window.lock")
    assert first.acquire()
    second.release()
    assert not second.acquire()
    first.release()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    ours = FileLock(tmp_path / "window.lock")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "window.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert not ours.acquire()
        other.kill()
    assert ours.acquire()
    ours.release()


def test_only_the_person_may_read_it(tmp_path: Path) -> None:
    held = FileLock(tmp_path / "window.lock")
    assert held.acquire()
    held.release()
    if sys.platform != "win32":
        assert (tmp_path / "window.lock").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        FileLock(tmp_path / "missing" / "window.lock").acquire()


@contextmanager
def opened_twice(path: Path) -> Iterator[tuple[int, int]]:
    path.touch()
    with ExitStack() as stack:
        first, second = (stack.enter_context(path.open("r+b")) for _ in range(2))
        yield first.fileno(), second.fileno()


def test_an_exclusive_lock_keeps_every_other_out(tmp_path: Path) -> None:
    with opened_twice(tmp_path / "lock") as (first, second):
        assert try_lock(first)
        assert not try_lock(second)
        assert not try_lock(second, shared=True)


def test_shared_locks_keep_only_an_exclusive_one_out(tmp_path: Path) -> None:
    with opened_twice(tmp_path / "lock") as (first, second):
        assert try_lock(first, shared=True)
        assert try_lock(second, shared=True)
    with opened_twice(tmp_path / "lock") as (first, second):
        assert try_lock(first, shared=True)
        assert not try_lock(second)


def test_a_lock_ends_with_the_file(tmp_path: Path) -> None:
    with opened_twice(tmp_path / "lock") as (first, _):
        assert try_lock(first)
    with opened_twice(tmp_path / "lock") as (_, second):
        assert try_lock(second)
