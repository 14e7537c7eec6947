"""A window on an office shows what others do, and stays usable while the server does not answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ac_desktop.app import ServiceParts, build
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.services import Services
from ac_desktop.store.engines.postgres import news
from ac_desktop.store.engines.postgres.reading import window_reads
from ac_desktop.store.opening import StoreEngine
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.sidebar.office_block import OfficeBlock
from ac_desktop.ui.main.window import open_window
from ac_desktop.ui.queue.columns import QueueColumn
from tests.harness import Harness, donors
from tests.office.proxy import Proxy
from tests.postgres_store import office_location, office_of
from tests.ui.conftest import HookCalls
from tests.unpaced import UnpacedLedger

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
FEW: Final = 10
"""Round trips for one change: a look at what is new, a read of all and a page of donors, with beats and polls beside
them; each of the twenty-five questions by itself would take more."""
FOR_EVER: Final = 1_000_000.0
COMES: Final = """
    INSERT INTO owner (id, workstation, person, version, since, seen, relaying)
    SELECT 'b', 'Accounting', 'Ben', '1', at, at, ? FROM extract(epoch FROM clock_timestamp()) AS at
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Harness]:
    """Another workstation, near the server."""
    with Harness(tmp_path / "data", engine=StoreEngine.POSTGRES) as made:
        yield made


@pytest.fixture
def connection(other: Harness) -> Connection:
    made = other.connect("Spring Appeal")
    other.queue(made, donors(3))
    return made


@pytest.fixture
def proxy(other: Harness) -> Iterator[Proxy]:
    made = Proxy(office_of(other.folder).port).start()
    yield made
    made.close()


@pytest.fixture
def services(other: Harness, proxy: Proxy) -> Iterator[Services]:
    location = office_location(other.folder)
    assert location.office is not None
    far = replace(location, office=replace(location.office, port=proxy.port))
    parts = ServiceParts(store=far, keys=other.keys, clock=other.clock, rate_limit_store=UnpacedLedger())
    made = build(other.folder, parts=parts)
    yield made
    proxy.reopen()
    made.close()


@pytest.fixture
def window(
    qtbot: QtBot, services: Services, connection: Connection, hook_calls: HookCalls, proxy: Proxy
) -> Iterator[MainWindow]:
    made = open_window(services, openers=hook_calls.openers())
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.queue.model.rowCount() == connection.id + 2)
    qtbot.waitUntil(lambda: not made.bridge.is_busy)
    yield made
    proxy.reopen()
    qtbot.waitUntil(lambda: not made.bridge.is_busy)
    made.close()


def emails(window: MainWindow) -> list[str]:
    model = window.queue.model
    records = [model.record_at(row) for row in range(model.rowCount())]
    return [record.donor.email for record in records if record is not None]


def test_what_another_workstation_does_is_shown_in_few_round_trips(
    qtbot: QtBot, window: MainWindow, other: Harness, connection: Connection, proxy: Proxy
) -> None:
    other.queue(connection, donors(1, start=10))
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 4)
    qtbot.waitUntil(lambda: not window.bridge.is_busy and not window.refreshing.is_due)
    before = proxy.round_trips
    other.services.connections.pause(connection.id, other.clock.now())
    qtbot.waitUntil(lambda: window.state.connection_state is ConnectionState.PAUSED)
    qtbot.waitUntil(lambda: not window.bridge.is_busy and not window.refreshing.is_due)
    assert proxy.round_trips - before <= FEW
    assert "donor10@example.org" in emails(window)


def reasons(window: MainWindow) -> list[str]:
    model = window.queue.model
    return [model.cell(model.index(row, QueueColumn.REASON)).first for row in range(model.rowCount())]


def test_a_row_says_who_is_editing_it_elsewhere_without_a_read_more_and_until_they_have_ended(
    qtbot: QtBot, window: MainWindow, other: Harness, proxy: Proxy
) -> None:
    editing, number = other.services.editing, window.queue.model.id_at(1)
    assert editing is not None
    assert number is not None
    qtbot.waitUntil(lambda: not window.bridge.is_busy and not window.refreshing.is_due)
    before = proxy.round_trips
    editing.begin(number)
    qtbot.waitUntil(lambda: [bool(text) for text in reasons(window)] == [False, True, False])
    assert reasons(window)[1].endswith("is editing.")
    assert proxy.round_trips - before <= FEW
    editing.end(number)
    qtbot.waitUntil(lambda: not any(reasons(window)))


def test_the_window_says_that_the_office_is_closed_once_its_queue_has_moved_out(
    qtbot: QtBot, window: MainWindow, services: Services, other: Harness
) -> None:
    office = window.sidebar.office
    assert office is not None
    with other.services.database.writing() as sql:
        sql.execute("UPDATE office SET moved_out = 'a move'")
    qtbot.waitUntil(lambda: office.reached.text().startswith("Closed."))
    place = services.office_place
    assert place is not None
    window.sidebar.show_place(place)
    assert office.reached.text().startswith("Closed."), "who is there is looked at between two states of the window"


def test_the_window_does_not_wait_for_a_server_that_does_not_answer(
    qtbot: QtBot,
    window: MainWindow,
    other: Harness,
    connection: Connection,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(window_reads, "PATIENCE", FOR_EVER)
    proxy.silence()
    window.refresh()
    for state in (RecordState.FAILED, RecordState.SENT, None):
        window.queue.tabs.choose(state)
    window.queue.filters.clear()
    window.queue.table.viewport().repaint()
    other.queue(connection, donors(1, start=10))
    proxy.reopen()
    qtbot.waitUntil(lambda: "donor10@example.org" in emails(window))


def test_the_window_says_that_the_server_is_away_and_goes_on_when_it_is_back(
    qtbot: QtBot,
    window: MainWindow,
    other: Harness,
    connection: Connection,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(window_reads, "PATIENCE", 0.2)
    proxy.silence()
    window.refresh()
    qtbot.waitUntil(lambda: not window.details_splitter.isVisible())
    office = window.sidebar.office
    assert office is not None
    assert office.reached.text().startswith("Server not reached. Donors in its queue are safe.")
    other.queue(connection, donors(1, start=10))
    proxy.reopen()
    qtbot.waitUntil(window.details_splitter.isVisible)
    assert re.fullmatch(r"Server reached, \d+ ms", office.reached.text())
    qtbot.waitUntil(lambda: "donor10@example.org" in emails(window))


def test_the_sidebar_shows_who_comes_and_what_they_relay(
    qtbot: QtBot, window: MainWindow, other: Harness, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "POLL", 0.2)
    office = window.sidebar.office
    assert office is not None
    with other.services.database.writing() as sql:
        sql.execute(COMES, ([connection.id],))
    qtbot.waitUntil(lambda: "Ben · relaying" in spoken(office))
    assert "Ben relays · 3 waiting" in window.sidebar.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    with other.services.database.writing() as sql:
        sql.execute("DELETE FROM owner WHERE id = 'b'")
        sql.execute("UPDATE office SET name = 'River Trust'")
    qtbot.waitUntil(lambda: "Ben" not in spoken(office) and office.title.text() == "Office of River Trust")


def spoken(office: OfficeBlock) -> str:
    rows = range(office.model.rowCount())
    return " ".join(office.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in rows)
