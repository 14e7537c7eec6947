"""Whatever can be copied in the window holds no key, and what is meant for an admin no donor either."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import quote

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.practice.faults import Faults
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.log.text_block import TextBlock
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors

BAD = Donor(email="invalid'character@example.com", first_name="Annabella", last_name="Smithereens", phone="2255550199")


@pytest.fixture
def relayed(harness: Harness, connection: Connection, window: MainWindow, qtbot: QtBot) -> Connection:
    """Relay donors who go and one who fails; the account is asked for the contact first, as a field is kept."""
    settings = replace(connection.settings, keep_fields=frozenset({ContactField.PHONE}))
    harness.services.connections.change(connection.id, settings, harness.clock.now())
    harness.queue(connection, [*donors(2), BAD])
    harness.relay(connection)
    harness.account.set_schedule(lambda _: Faults(refuse_everything=True))
    harness.queue(connection, donors(1, start=9))
    harness.relay(connection)
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 4)
    return connection


def copied(copy: Callable[[], object]) -> str:
    QGuiApplication.clipboard().setText("nothing was copied")
    copy()
    text = QGuiApplication.clipboard().text()
    assert text != "nothing was copied"
    return text


def test_no_copy_holds_the_key(harness: Harness, relayed: Connection, window: MainWindow, qtbot: QtBot) -> None:
    key, clipboard = harness.server.key, window.deferred.queue_controller.clipboard
    records = list(harness.services.record_reader.all_records(relayed.id))
    ids = [record.id for record in records]
    texts = [copied(partial(clipboard.copy_emails, ids)), copied(partial(clipboard.copy_csv, ids))]
    for record in records:
        texts += [copied(partial(clipboard.copy_curl, record)), copied(partial(clipboard.copy_for_admin, record))]
        window.deferred.details.show_record(record)
        for tab in DetailsTab:
            window.deferred.details.open_tab(tab)
            qtbot.waitUntil(lambda: not window.bridge.is_busy)
        texts += [copied(block.copy) for block in window.deferred.details.findChildren(TextBlock) if block.text()]
    assert len(texts) > 20
    assert not [text for text in texts if key in text]


def test_what_is_for_the_admin_names_no_donor(harness: Harness, relayed: Connection, window: MainWindow) -> None:
    for record in harness.services.record_reader.all_records(relayed.id):
        text = copied(partial(window.deferred.queue_controller.clipboard.copy_for_admin, record))
        donor = record.donor
        for trace in filter(None, (donor.email, donor.phone, donor.last_name)):
            assert trace not in text
            assert quote(trace, safe="") not in text
        assert "Account:" in text
