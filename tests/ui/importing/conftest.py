from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.sheet import ImportSheet
from tests.harness import Harness
from tests.ui.importing.support import PATIENCE, ImportHarness


@pytest.fixture
def importing(qtbot: QtBot, harness: Harness, connection: Connection) -> Iterator[ImportHarness]:
    bridge = Bridge(harness.services.database)
    flow = ImportFlow(harness.services, bridge)
    sheet = ImportSheet(harness.services, bridge, flow)
    sheet.resize(1100, 700)
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    yield ImportHarness(qtbot, harness, connection, bridge, flow, sheet)
    flow.close()
    qtbot.waitUntil(lambda: not bridge.is_busy, timeout=PATIENCE)
    bridge.close()
