"""A pipe, a device or a socket under the name of a donor file is refused with a sentence, never waited for."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.source import FileSource, FileState
from ac_desktop.importing.formats.table import members_of
from tests.importing.files import open_table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names in its folders")
PATIENCE = 20.0


def pipe(path: Path) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    os.mkfifo(path)


def listener(path: Path) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def told_in_time(work: Callable[[], object]) -> str:
    """Return the sentence that work ends with; a thread of its own, as it would wait for ever."""
    reported: list[str] = []

    def run() -> None:
        try:
            work()
        except ImportFileError as error:
            reported.append(str(error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it waits"
    return reported[0]


@pytest.mark.parametrize("make", [pipe, listener, device])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".json", ".zip"])
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None], ending: str) -> None:
    path = tmp_path / f"donors{ending}"
    make(path)
    assert "isn't a file" in told_in_time(lambda: open_table(path))
    if ending == ".zip":
        assert "isn't a file" in told_in_time(lambda: members_of(path))


def test_a_pipe_that_takes_a_file_s_place_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    path.write_text("Email\n", encoding="utf-8")
    path.unlink()
    pipe(path)
    alike = FileSource(path, FileState.of(path.stat()))
    assert "isn't a file" in told_in_time(alike.open)
