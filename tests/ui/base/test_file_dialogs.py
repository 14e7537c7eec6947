"""Where the dialogs begin in which a person chooses a file: among the person's own documents."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.ui.base.file_dialogs import begin_in_documents, documents_folder, save_dialog

if sys.platform == "win32":
    import winreg

    FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"

    @pytest.fixture
    def documents(tmp_path: Path) -> Iterator[Path]:
        """Redirect this person's documents, as OneDrive does."""
        folder = tmp_path / "OneDrive - Example" / "Documents"
        folder.mkdir(parents=True)
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, FOLDERS, 0, winreg.KEY_ALL_ACCESS) as key:
            before = winreg.QueryValueEx(key, "Personal")
            winreg.SetValueEx(key, "Personal", 0, winreg.REG_EXPAND_SZ, str(folder))
            try:
                yield folder
            finally:
                winreg.SetValueEx(key, "Personal", 0, before[1], before[0])

else:

    @pytest.fixture
    def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Move this person's documents elsewhere, as the person has set it."""
        folder = tmp_path / "Cloud" / "Documents"
        folder.mkdir(parents=True)
        if sys.platform == "darwin":
            folder = tmp_path / "Documents"
            folder.mkdir()
            monkeypatch.setenv("CFFIXED_USER_HOME", str(tmp_path))
        (tmp_path / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{folder}"\n', encoding="utf-8")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        return folder


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    """Return a window of a program that was started in a folder of its own."""
    (tmp_path / "program").mkdir()
    monkeypatch.chdir(tmp_path / "program")
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_reports_and_exports_are_proposed_among_the_documents(window: QWidget, documents: Path) -> None:
    saved: list[str] = []
    dialog = save_dialog(
        window, "Export", name="donors.csv", name_filters=["CSV (*.csv)"], suffix="csv", save=saved.append
    )
    assert Path(dialog.directory().path()) == documents
    assert [Path(name) for name in dialog.selectedFiles()] == [documents / "donors.csv"]
    dialog.fileSelected.emit("elsewhere.csv")
    assert saved == ["elsewhere.csv"]


def test_a_folder_of_documents_that_is_gone_is_not_proposed(window: QWidget, documents: Path) -> None:
    documents.rmdir()
    assert window is not None
    assert documents_folder() == QDir.homePath()


def test_files_are_looked_for_among_the_documents_first(window: QWidget, documents: Path) -> None:
    dialog = QFileDialog(window, "Import", str(Path.cwd()))
    begin_in_documents(dialog)
    assert Path(dialog.directory().path()) == documents


def test_the_folder_that_was_chosen_before_stays(window: QWidget, documents: Path, tmp_path: Path) -> None:
    assert documents.exists()
    dialog = QFileDialog(window, "Import", str(tmp_path))
    begin_in_documents(dialog)
    assert Path(dialog.directory().path()) == tmp_path
