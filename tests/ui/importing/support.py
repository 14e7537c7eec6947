"""An import sheet over real services, without the rest of the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.sheet import ImportPageId, ImportSheet
from tests.harness import Harness

PATIENCE = 90_000


@dataclass
class ImportHarness:
    """The sheet, its flow, and what they work on."""

    qtbot: QtBot
    harness: Harness
    connection: Connection
    bridge: Bridge
    flow: ImportFlow
    sheet: ImportSheet

    def take(self, *paths: Path) -> None:
        self.flow.add_files(self.connection.id, paths)

    def until(self, is_so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE)

    def until_stage(self, stage: ImportStage) -> None:
        self.until(lambda: self.flow.state.stage is stage)

    def until_check(self) -> None:
        self.until_stage(ImportStage.CHECKING)
        self.until(self.sheet.check.model.rowCount)
        assert self.sheet.page is ImportPageId.CHECK

    def cells(self, column: CheckCol) -> list[object]:
        model = self.sheet.check.model
        return [model.data(model.index(row, column)) for row in range(model.rowCount())]

    def type_into(self, row: int, column: CheckCol, text: str) -> None:
        """Correct a cell as a person does: open its editor, type, leave it with Return."""
        table = self.sheet.check.table
        table.setCurrentIndex(self.sheet.check.model.index(row, column))
        table.edit(table.currentIndex())
        editor = QApplication.focusWidget() if table.isVisible() else None
        assert editor is not None
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(editor, text)
        with self.qtbot.waitSignal(self.flow.rows_edited):
            QTest.keyClick(editor, Qt.Key.Key_Return)

    def queue(self) -> None:
        self.sheet.go_on.click()
        self.until_stage(ImportStage.RESULT)


def donors_csv(folder: Path, rows: Sequence[str], name: str = "donors.csv", header: str = "") -> Path:
    path = folder / name
    path.write_text("\n".join([header or "Email,First Name,Last Name,Phone", *rows]) + "\n", encoding="utf-8")
    return path
