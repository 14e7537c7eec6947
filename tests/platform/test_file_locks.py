"""Locks on open files: one exclusive holder, or any number of shared ones, on every system."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ac_desktop.platform.file_locks import try_lock


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
