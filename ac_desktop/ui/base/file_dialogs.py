"""Dialogs in which a person chooses a file: they begin in the person's own folder.

By itself Qt begins in the current folder, which is the program's own where it was started from a menu of Windows.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def documents_folder() -> str:
    """Return the folder of the person's documents as the system has it, in OneDrive too; the home where it is none."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if documents and QDir(documents).exists() else QDir.homePath()


def save_dialog(
    parent: QWidget,
    title: str,
    *,
    name: str = "",
    name_filters: Sequence[str] = (),
    suffix: str = "",
    save: Callable[[str], None],
) -> QFileDialog:
    """Return a dialog that asks where to save a file, among the person's documents at first."""
    dialog = QFileDialog(parent, title, documents_folder())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if name_filters:
        dialog.setNameFilters(name_filters)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(save)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def begin_in_documents(dialog: QFileDialog) -> None:
    """Open a dialog among the person's documents, unless it knows of a folder that was chosen before."""
    if dialog.directory() == QDir.current():
        dialog.setDirectory(documents_folder())
