"""Each file is opened once and each of its rows validated once, from the drop to the receipt."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.importing.formats.source import sha256_of
from ac_desktop.importing.sources import watched_folder
from ac_desktop.importing.sources.watched_folder import DONE
from ac_desktop.model.connection import Connection
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from tests.anedot import donation_rows, write_export
from tests.harness import Harness
from tests.importing.reading_counts import ReaderInProcess, counted
from tests.ui.importing.support import ImportHarness
from tests.ui.importing.watching.test_folder_watch import Watching


def test_a_dropped_file(importing: ImportHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importing.flow.use_readers(ReaderInProcess)
    path = write_export(tmp_path / "donors.csv", donation_rows(450))
    with counted(path, monkeypatch) as counts:
        importing.take(path)
        importing.until_check()
        importing.queue()
    assert counts.each_once(450), counts


def test_a_file_of_a_watched_folder(
    qtbot: QtBot,
    harness: Harness,
    window: MainWindow,
    connection: Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watching = Watching(qtbot, harness, window, connection, tmp_path / "exports")
    watching.window.deferred.flow.use_readers(ReaderInProcess)
    path = write_export(watching.folder / "donors.csv", donation_rows(450))
    hashed: list[Path] = []

    def note_and_hash(file: Path) -> str:
        hashed.append(file)
        return sha256_of(file)

    monkeypatch.setattr(watched_folder, "sha256_of", note_and_hash)
    with counted(path, monkeypatch) as counts:
        watching.look_twice()
        watching.until(lambda: watching.window.deferred.flow.state.stage is ImportStage.IDLE and watching.names())
    assert (counts.detections, counts.validators, counts.most_validations) == (1, 1, 1)
    assert hashed == [path, watching.folder / DONE / "donors.csv"], "the proof that it is what was read, and only that"
    assert counts.opens <= 5, "one reading, that proof, and up to three questions whether a program writes to it"
