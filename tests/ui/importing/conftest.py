from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.sheet import ImportSheet
from tests.harness import Harness
from tests.ui.importing.support import PATIENCE, Office


@pytest.fixture
def office(qtbot: QtBot, desk: Harness, connection: Connection) -> Iterator[Office]:
    bridge = Bridge(desk.services.database)
    flow = ImportFlow(desk.services, bridge)
    sheet = ImportSheet(desk.services, bridge, flow)
    sheet.resize(1100, 700)
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    yield Office(qtbot, desk, connection, bridge, flow, sheet)
    flow.close()
    qtbot.waitUntil(lambda: not bridge.is_busy, timeout=PATIENCE)
    bridge.close()
