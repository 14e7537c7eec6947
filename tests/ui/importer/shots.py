"""Makes pictures of every page of the import, of repair, push and typed entry, light and dark, at 100 % and 200 %.

Run under Xvfb: `QT_QPA_PLATFORM=xcb python -m tests.ui.importer.shots FOLDER`.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.exports.fields import Field
from ac_desktop.model.connection import Connection
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.entry.form import AddDonorForm
from ac_desktop.ui.importer.flow import ImportFlow
from ac_desktop.ui.importer.sheet import ImportSheet, PageId
from ac_desktop.ui.importer.standing import Stage
from ac_desktop.ui.plurals import EnglishPlurals
from ac_desktop.ui.push.dialog import PushDialog
from ac_desktop.ui.repair.dialog import RepairDialog
from ac_desktop.ui.theme import dark_palette, light_palette, wear
from tests.anedot import Gift, gifts, write_export
from tests.desk import Desk

_PATIENCE_MS: Final = 30_000
_ROWS: Final = (
    Gift(number=90, email="zoe@gmial.com", first="Zoe"),
    Gift(number=91, email="not an address", first="Yan", phone="2.25E+09"),
    Gift(number=92, email="", first="Xavier"),
    Gift(number=93, email="payout@example.org", kind="Withdrawal"),
    Gift(number=94, email="DONOR3@example.org", day="2026-05-01"),
)


class Studio:
    """One look of the program, and the pictures taken of it."""

    def __init__(self, folder: Path, look: str, desk: Desk, files: Path) -> None:
        self._folder = folder
        self._look = look
        self._desk = desk
        self._files = files
        self.made: list[Path] = []

    def take_all(self) -> None:
        """Take every picture."""
        desk = self._desk
        bridge = Bridge(desk.services.database)
        connection = desk.connect(f"Spring {self._look}")
        self._import(bridge, connection)
        self._match(bridge, desk.connect(f"Chosen {self._look}", scope=Scope(ScopeKind.ONLY, ("spring",))))
        record = next(one for one in desk.services.views.records(connection.id) if one.state.value == "held")
        self._shoot(RepairDialog(desk.services, bridge, record, connection), "repair", bridge)
        self._shoot(PushDialog(desk.services, bridge, connection), "push", bridge)
        form = AddDonorForm(desk.services, bridge, connection)
        form.email.setText("donor1@example.org")
        form.email.editingFinished.emit()
        form.phone.setText("2.25E+09")
        form.phone.editingFinished.emit()
        self._shoot(form, "typed", bridge)
        bridge.close()

    def _import(self, bridge: Bridge, connection: Connection) -> None:
        flow, sheet = self._sheet(bridge)
        path = write_export(self._files / f"anedot {self._look}.csv", [*gifts(40), *_ROWS])
        flow.take(connection.id, [path])
        _until(lambda: flow.standing.stage is Stage.CHECKING and sheet.check.model.rowCount() > 0)
        sheet.steps.button(PageId.READ).click()
        self._grab(sheet, "1-read")
        sheet.steps.button(PageId.CHECK).click()
        self._grab(sheet, "3-check")
        sheet.check.only_problems.click()
        _until(lambda: 0 < sheet.check.model.rowCount() < 10)
        self._grab(sheet, "3-check-problems")
        sheet.go_on.click()
        _until(lambda: flow.standing.stage is Stage.RECEIPT)
        self._grab(sheet, "4-receipt")
        flow.take(connection.id, [path])
        _until(lambda: flow.standing.stage is Stage.CHECKING)
        self._grab(sheet, "3-check-seen-before")
        flow.cancel()
        _until(lambda: not bridge.is_busy)
        sheet.close()

    def _match(self, bridge: Bridge, connection: Connection) -> None:
        flow, sheet = self._sheet(bridge)
        path = self._files / f"own {self._look}.csv"
        path.write_text(
            "Spring report\n\nReach them at,Who,Given on,Colour\nann@example.org,Ann Dot,04/05/2026,red\n"
            "bea@example.org,Bea Dot,05/06/2026,blue\nTotals,,,\n",
            encoding="utf-8",
        )
        flow.take(connection.id, [path])
        _until(lambda: flow.standing.stage is Stage.ASKING)
        box = sheet.match.boxes[2]
        box.setCurrentIndex(box.findData(Field.DATE.value))
        self._grab(sheet, "2-match")
        sheet.steps.button(PageId.READ).click()
        self._grab(sheet, "1-read-titles")
        flow.cancel()
        _until(lambda: not bridge.is_busy)
        sheet.close()

    def _sheet(self, bridge: Bridge) -> tuple[ImportFlow, ImportSheet]:
        flow = ImportFlow(self._desk.services, bridge)
        sheet = ImportSheet(self._desk.services, bridge, flow)
        sheet.setContentsMargins(10, 4, 10, 4)
        sheet.resize(1220, 720)
        sheet.show()
        return flow, sheet

    def _shoot(self, dialog: QWidget, name: str, bridge: Bridge) -> None:
        dialog.show()
        _until(lambda: not bridge.is_busy)
        self._grab(dialog, name)
        dialog.hide()
        dialog.deleteLater()

    def _grab(self, widget: QWidget, name: str) -> None:
        _rest()
        path = self._folder / f"{name}-{self._look}.png"
        widget.grab().save(str(path))
        self.made.append(path)


def shots(folder: Path) -> list[Path]:
    """Make all pictures; gives their files."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    plurals = EnglishPlurals(application)
    application.installTranslator(plurals)
    application.setStyle("Fusion")
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    font = application.font()
    for shade, palette in (("light", light_palette()), ("dark", dark_palette())):
        for percent in (100, 200):
            _dress(application, palette, font, percent)
            with tempfile.TemporaryDirectory() as files, Desk(Path(files) / "data") as desk:
                studio = Studio(folder, f"{shade}-{percent}", desk, Path(files))
                studio.take_all()
                made += studio.made
    return made


def _dress(application: QApplication, palette: QPalette, font: QFont, percent: int) -> None:
    wear(application, palette)
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * percent / 100)
    application.setFont(larger)


def _rest() -> None:
    """Let what is due be laid out and painted."""
    loop = QEventLoop()
    QTimer.singleShot(80, loop.quit)
    loop.exec()


def _until(is_so: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not is_so():
        assert not deadline.hasExpired(), "nothing came"
        _rest()


if __name__ == "__main__":
    for made_file in shots(Path(sys.argv[1])):
        sys.stdout.write(f"{made_file}\n")
