"""Makes the pictures in `resources/screenshots` from today's code; run it under Xvfb with a window manager.

`QT_QPA_PLATFORM=xcb python -m tests.screenshots`
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from ac_desktop.exports.intake import take_in
from ac_desktop.exports.recognisers import load_recognisers
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import RecordState
from ac_desktop.places import sample_export
from ac_desktop.practice.faults import Faults, Outage
from ac_desktop.ui.connection_dialogs import ConnectionDialogs
from ac_desktop.ui.theme import dark_palette, light_palette, wear
from ac_desktop.ui.window import open_window
from tests.desk import Desk, donors
from tests.ui.importer.shots import shots as importer_shots
from tests.ui.wizard.shots import shots as wizard_shots

FOLDER: Final = Path(__file__).parents[1] / "resources" / "screenshots"
SIZE: Final = (1240, 800)
SETTLE_MS: Final = 700


def after_a_relay(desk: Desk, connection: Connection) -> None:
    """The sample export was relayed; a few rows need somebody."""
    _take_sample(desk, connection)
    desk.relay(connection)


def ready(desk: Desk, connection: Connection) -> None:
    """The sample export waits to be relayed."""
    _take_sample(desk, connection)


def three_failures(desk: Desk, connection: Connection) -> None:
    """Three donors in a row failed; the banner is amber."""
    desk.queue(connection, donors(3))
    desk.account.faults = Faults(refuse_addresses=True)
    desk.relay(connection)
    desk.queue(connection, donors(40, start=3))


def inactive(desk: Desk, connection: Connection) -> None:
    """Five in a row: the connection is inactive, the banner red."""
    desk.queue(connection, donors(43))
    desk.account.faults = Faults(refuse_everything=True)
    desk.relay(connection)


def five_causes(desk: Desk, connection: Connection) -> None:
    """Inactive after an outage, with a donor refused before."""
    desk.queue(connection, donors(1))
    desk.account.faults = Faults(refuse_addresses=True)
    desk.relay(connection)
    desk.queue(connection, donors(20, start=1))
    desk.account.faults = Faults(outage=Outage.ERROR_503)
    desk.relay(connection)


def _take_sample(desk: Desk, connection: Connection) -> None:
    services, now = desk.services, desk.clock.now()
    take_in(services.queue, services.fingerprints, connection, [sample_export()], load_recognisers(), now=now)


SCENES: Final[Mapping[str, Callable[[Desk, Connection], None]]] = {
    "window": after_a_relay,
    "window-ready": ready,
    "banner-amber": three_failures,
    "banner-red": inactive,
    "banner-red-mixed": five_causes,
}


def main() -> int:
    """Make every picture; gives the exit code."""
    application = QApplication(sys.argv[:1])
    font = QFont(application.font())
    FOLDER.mkdir(parents=True, exist_ok=True)
    for shade, palette in (("", light_palette()), ("-dark", dark_palette())):
        for percent in (100, 200):
            dressed = f"{shade}{'' if percent == 100 else '-200'}"
            _dress(application, palette, font, percent)
            for name, scene in SCENES.items():
                with tempfile.TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
                    scene(desk, connection := desk.connect("Spring Appeal"))
                    _grab(application, desk, connection, palette, FOLDER / f"{name}{dressed}.png")
    application.setFont(font)
    wizard_shots(FOLDER / "wizard")
    importer_shots(FOLDER / "importer")
    return 0


def _dress(application: QApplication, palette: QPalette, font: QFont, percent: int) -> None:
    application.setStyle("Fusion")
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * percent / 100)
    application.setFont(large)
    wear(application, palette)


def _grab(application: QApplication, desk: Desk, connection: Connection, palette: QPalette, file: Path) -> None:
    settings = QSettings(str(desk.folder / "window.ini"), QSettings.Format.IniFormat)
    settings.sync()
    dialogs = ConnectionDialogs(desk.services)
    window = open_window(desk.services, hooks=dialogs.hooks())
    dialogs.use(window)
    wear(application, palette)
    window.choose_connection(connection.id)
    window.resize(*SIZE)
    QTimer.singleShot(SETTLE_MS, application.quit)
    application.exec()
    for record in desk.services.views.records(connection.id, state=RecordState.SENT)[2:3]:
        window.queue.go_to(record)
        window.details.show_record(record)
    QTimer.singleShot(SETTLE_MS, application.quit)
    application.exec()
    window.grab().save(str(file))
    desk.services.engine.stop()
    window.close()
    QTimer.singleShot(SETTLE_MS, application.quit)
    application.exec()
    window.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
