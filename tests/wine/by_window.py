"""What staff do with the window on Windows: a file is dropped on it, checked, queued, relayed and looked up.

Named on pytest's command line by `python -m tests.wine`. The window is on the `windows` platform, and the mouse is the
system's own.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import Harness
from tests.real import drag_source
from tests.ui.conftest import HookCalls
from tests.ui.loaded_readers import loaded_readers
from tests.ui.patient_bot import PatientBot
from tests.ui.scenes.stage import rest

os.environ["QT_QPA_PLATFORM"] = "windows"

PICTURES: Final = Path("C:\\results")
ROWS: Final = (
    "Email,First Name,Last Name",
    "lucja@example.org,Łucja,Łódź",
    "eleni@example.org,Ελένη,Αθήνα",
    "broken@example,Ann,Example",
    "ayse@example.org,Ayşe,İstanbul",
)
WINDOW: Final = (0, 0, 1080, 820)
SOURCE: Final = (1120, 100, 240, 160)
STEPS: Final = 10
PAINTS: Final = 10
"""So often the event loop runs before a picture is taken, so that it shows all."""
SAID_BY_WINE: Final = "PerMonitorVersion2 is not supported|EnableNonClientDpiScaling.. failed"
"""Wine 8 has one scale for all screens, which Qt complains of."""

if sys.platform == "win32":
    from tests.wine import mouse

    @pytest.fixture(scope="session")
    def qapp_args() -> list[str]:
        return ["ac-desktop"]

    @pytest.fixture
    def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
        assert qapp.platformName() == "windows"
        return PatientBot(request)

    @pytest.fixture
    def harness(tmp_path: Path) -> Iterator[Harness]:
        with loaded_readers(), Harness(tmp_path / "data") as made:
            yield made

    @pytest.fixture
    def connection(harness: Harness) -> Connection:
        return harness.connect("Spring Appeal")

    @pytest.fixture
    def window(qtbot: QtBot, harness: Harness, connection: Connection) -> Iterator[MainWindow]:
        assert connection.id
        made = open_window(harness.services, openers=HookCalls().openers())
        with qtbot.waitExposed(made):
            pass
        left, top, width, height = WINDOW
        made.resize(width, height)
        made.move(left, top)
        yield made
        harness.services.engine.stop()
        made.close()
        qtbot.waitUntil(lambda: not made.isVisible())
        made.deleteLater()

    @contextmanager
    def held_over(window: MainWindow, qtbot: QtBot, file: Path) -> Iterator[None]:
        """Drag a file from another program's window onto the middle of ours, and drop it afterwards."""
        command = [sys.executable, "-m", "tests.real.drag_source", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as source:
            assert source.stdout is not None
            qtbot.waitUntil(lambda: mouse.place_window(drag_source.TITLE, *SOURCE))
            start, end = QPoint(SOURCE[0] + 60, SOURCE[1] + 60), window.mapToGlobal(window.rect().center())
            mouse.move_to(start)
            mouse.press()
            assert source.stdout.readline() == "pressed\n"
            steps = iter(range(1, 100_000))

            def is_covered() -> bool:
                step = next(steps)
                mouse.move_to(start + (end - start) * min(step, STEPS) / STEPS + QPoint(0, step % 2))
                return window.drop_overlay.isVisible()

            try:
                qtbot.waitUntil(is_covered)
                yield
                mouse.release()
                qtbot.waitUntil(lambda: not window.drop_overlay.isVisible())
            finally:
                source.kill()

    @pytest.mark.qt_log_ignore(SAID_BY_WINE, extend=True)
    def test_a_dropped_file_is_checked_queued_relayed_and_looked_up(
        qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow, tmp_path: Path
    ) -> None:
        file = tmp_path / "Łódź próba.csv"
        file.write_text("\n".join([*ROWS, ""]), encoding="utf-8")

        def seen(name: str) -> None:
            PICTURES.mkdir(exist_ok=True)
            for _ in range(PAINTS):
                rest()
            window.screen().grabWindow(0).save(str(PICTURES / f"by-window-{name}.png"))

        with held_over(window, qtbot, file):
            seen("1-held")
        flow, sheet = window.deferred.flow, window.deferred.sheet
        qtbot.waitUntil(lambda: flow.state.stage is ImportStage.CHECKING and sheet.check.model.rowCount() > 0)
        seen("2-check")
        mouse.click(sheet.go_on)
        qtbot.waitUntil(lambda: flow.state.stage is ImportStage.RESULT)
        seen("3-result")
        mouse.click(sheet.go_on)
        qtbot.waitUntil(lambda: window.connection_bar.relay.text() == "Relay 3 donors")
        mouse.click(window.connection_bar.relay)
        qtbot.waitUntil(lambda: harness.counts(connection).sent == 3)
        assert harness.emails_on_list() == {"lucja@example.org", "eleni@example.org", "ayse@example.org"}
        lines = window.deferred.log.model.lines
        qtbot.waitUntil(lambda: sum("Added to the list." in line.text for line in lines()) == 3)
        table = window.queue.table
        first = table.visualRect(table.model().index(0, 1)).center()
        mouse.click(table.viewport(), first)
        qtbot.waitUntil(lambda: "Łucja" in window.deferred.details.name.text())
        seen("4-inspector")
        assert file.exists()
