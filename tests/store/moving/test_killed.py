"""A move that is killed at any moment leaves one whole side; the same move again brings it to its end."""

import random
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError
from ac_desktop.store.folder_files import MOVE_MARKER
from ac_desktop.store.opening import own_store_in
from tests.at_length import some
from tests.console.conftest import ROOT
from tests.console.offices import OWNER_PASSWORD
from tests.store.moving.offices import Office
from tests.store.moving.queues import fill_simply, opened

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
_PEOPLE: Final = 12
_KILLS: Final = some(16, few=1)
_AT_THE_END: Final = 60
"""Lines around the commit, at which every second kill is aimed."""


@pytest.mark.at_length
@pytest.mark.parametrize("seed", range(_KILLS))
@pytest.mark.parametrize("way", ["in", "out"])
def test_a_killed_move_leaves_one_whole_side(tmp_path: Path, office: Office, way: str, seed: int) -> None:
    a, b, to = tmp_path / "a", tmp_path / "b", tmp_path / "to"
    fill_simply(a, range(_PEOPLE))
    office.joined(a)
    if way == "out":
        office.joined(a).move_in(OWNER_PASSWORD)
        office.joined(b)
    source = a if way == "in" else b

    line = _line(way, seed)
    code = _started(way, source, to, line).returncode
    assert code == -signal.Signals["SIGKILL"], f"not killed at line {line}"

    own = a if way == "in" else to
    is_over = not (own / MOVE_MARKER).exists() and (office.is_closed() if way == "out" else office.records() > 0)
    in_folder, in_office = _records(own), office.records()
    if way == "in":
        assert (in_folder, in_office) in {(_PEOPLE, 0), (None, _PEOPLE)} or _is_refused(own, in_office)
        assert is_over or office.joined(a).move_in(OWNER_PASSWORD).kept_as.exists()
        assert (_records(a), office.records()) == (None, _PEOPLE)
    else:
        assert in_office == _PEOPLE
        assert in_folder == (_PEOPLE if office.is_closed() else None) or _is_refused(own, in_office)
        assert is_over or office.joined(b).move_out(to, OWNER_PASSWORD).folder == to
        assert (_records(to), office.records(), office.is_closed()) == (_PEOPLE, _PEOPLE, True)


@cache
def _lines(way: str) -> int:
    """Return how many lines a move has that nobody kills."""
    whole = Office()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill_simply(folder / "a", range(_PEOPLE))
        whole.joined(folder / "a")
        if way == "out":
            whole.joined(folder / "a").move_in(OWNER_PASSWORD)
        ended = _started(way, folder / "a", folder / "to", 0)
        assert ended.returncode == 0, ended.stderr
    whole.drop()
    return int(ended.stdout)


def _line(way: str, seed: int) -> int:
    chance, lines = random.Random(f"{way}{seed}"), _lines(way)  # noqa: S311
    return chance.randint(lines - _AT_THE_END, lines) if seed % 2 == 0 else chance.randint(1, lines)


def _started(way: str, folder: Path, to: Path, line: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.store.moving.killed_move", way, str(folder), str(to), str(line)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _records(folder: Path) -> int | None:
    """Return the records of a folder's own queue; None without one, or where it is not known whether it moved."""
    if not own_store_in(folder).folder.joinpath("donors.sqlite3").exists():
        return None
    try:
        with opened(own_store_in(folder)) as database:
            (row,) = database.rows("SELECT COUNT(*) AS number FROM record")
            return int(row["number"])
    except StoreError:
        return None


def _is_refused(folder: Path, in_office: int) -> bool:
    """Whether nobody works on a folder's own queue until it is known where it is, in an office or in the folder."""
    with pytest.raises(StoreError) as refused, opened(own_store_in(folder)):
        pass
    assert refused.value.message in {StoreMessage.MOVE_IN_INTERRUPTED, StoreMessage.MOVE_OUT_INTERRUPTED}
    return in_office in {0, _PEOPLE}
