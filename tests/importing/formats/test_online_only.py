"""A file whose content is not on this computer is read as any other, or left with a sentence; never taken for empty."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats import source
from ac_desktop.importing.formats.table import members_of
from ac_desktop.platform.paths import is_online_only
from tests.importing.files import open_table

ENDINGS = (".csv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".jsonl", *([".zip"] if sys.platform == "win32" else []))
"""The file that Linux cannot read has no end either, from which a ZIP is read."""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SimpleNamespace(st_file_attributes=0x20), False),
        (SimpleNamespace(st_file_attributes=0x1000 | 0x20), True),
        (SimpleNamespace(st_file_attributes=0x00040000), True),
        (SimpleNamespace(st_file_attributes=0x00400000 | 0x200), True),
        (SimpleNamespace(st_file_attributes=0x00080000), False),
        (SimpleNamespace(st_flags=0x40000000), True),
        (SimpleNamespace(st_flags=0), False),
        (SimpleNamespace(), False),
    ],
    ids=["archive", "offline", "recall on open", "recall on read", "pinned", "dataless", "at hand", "Linux"],
)
def test_windows_and_macos_say_which_files_are_online_only(facts: Any, *, expected: bool) -> None:
    assert is_online_only(facts) is expected


class Unreadable:
    """Files that can be opened and not read, as one whose download fails."""

    def __init__(self, folder: Path, kept: ExitStack) -> None:
        self._folder = folder
        self._kept = kept

    def file(self, ending: str) -> Path:
        path = self._folder / f"donors{ending}"
        if sys.platform == "win32":
            import msvcrt

            path.write_bytes(b"Email\r\nann@example.org\r\n" * 100)
            holder = self._kept.enter_context(path.open("r+b"))
            msvcrt.locking(holder.fileno(), msvcrt.LK_NBLCK, 2400)
        else:
            path.symlink_to("/proc/self/mem")
        return path


@pytest.fixture
def unreadable(tmp_path: Path) -> Iterator[Unreadable]:
    with ExitStack() as kept:
        yield Unreadable(tmp_path, kept)


def read(path: Path) -> None:
    for member in members_of(path):
        list(open_table(path, member=member or None).rows())


def said_of(path: Path) -> str:
    with pytest.raises(ImportFileError) as refused:
        read(path)
    return str(refused.value)


needs_proc = pytest.mark.skipif(
    sys.platform != "win32" and not os.path.exists("/proc/self/mem"),  # noqa: PTH110  no path of its own
    reason="no file of this system can be opened and not read",
)


@needs_proc
@pytest.mark.not_under_wine("reads a part of a file that another program has locked")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_cannot_be_read_is_neither_empty_nor_damaged(unreadable: Unreadable, ending: str) -> None:
    said = said_of(unreadable.file(ending))
    assert f"“donors{ending}” couldn't be read (" in said
    assert "Nothing was queued." in said


@needs_proc
@pytest.mark.not_under_wine("reads a part of a file that another program has locked")
@pytest.mark.parametrize("ending", ENDINGS)
def test_of_a_file_that_is_online_only_it_says_that_the_download_failed(
    unreadable: Unreadable, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "is_online_only", lambda _: True)
    assert f"“donors{ending}” is stored online and couldn't be downloaded (" in said_of(unreadable.file(ending))


def test_a_file_that_is_online_only_is_read_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "is_online_only", lambda _: True)
    path = tmp_path / "donors.csv"
    path.write_text("Email\nann@example.org\n", encoding="utf-8")
    with closing(open_table(path)) as table:
        assert [list(row.cells) for row in table.rows()] == [["ann@example.org"]]
