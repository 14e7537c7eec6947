"""The inspector: payloads, response and status at one glance, every request by a click, a held donor fixed there."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.practice.faults import WELL, Faults
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.theme import apply_theme, light_palette
from ac_desktop.ui.log.details import DetailsPane, DetailsTab
from ac_desktop.ui.log.feed import LogFeed
from ac_desktop.ui.log.json_text import MARK, arranged
from ac_desktop.ui.log.lines import LogLevel
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors
from tests.ui.queue.full_queue import put

WIDTH, HEIGHT = 392, 612
"""What the inspector has in a window of 1280 by 720."""


@pytest.fixture
def details(qapp: QApplication, qtbot: QtBot, harness: Harness) -> DetailsPane:
    apply_theme(qapp, light_palette())
    made = DetailsPane(harness.services)
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(made):
        made.show()
    return made


def give_space(window: MainWindow) -> None:
    """Make a window as large as it is meant to be: a smaller one folds the inspector away."""
    window.resize(1280, 720)


def first(harness: Harness, connection: Connection) -> Record:
    return harness.services.record_reader.records(connection.id)[0]


def test_an_ordinary_donor_is_seen_without_scrolling(
    qtbot: QtBot, harness: Harness, connection: Connection, details: DetailsPane
) -> None:
    harness.queue(connection, donors(1))
    harness.relay(connection)
    details.show_record(first(harness, connection))
    overview = details.overview
    qtbot.waitUntil(overview.response_body.isVisible)
    qtbot.waitUntil(lambda: overview.verticalScrollBar().maximum() == 0)
    assert overview.response_status.word in {"200", "201"}
    assert overview.meaning.text().startswith("New contact ")
    assert "1 attempt, " in overview.meaning.text()
    assert details.state.word == "Sent"
    assert details.name.text() == "First0 Last0"
    assert details.owner.text() == "donor0@example.org"


def test_bodies_are_beside_each_other_where_there_is_room(
    qtbot: QtBot, harness: Harness, connection: Connection, details: DetailsPane
) -> None:
    harness.queue(connection, donors(1))
    harness.relay(connection)
    details.show_record(first(harness, connection))
    request, response = details.overview.request_body, details.overview.response_body
    qtbot.waitUntil(lambda: response.y() > request.y())
    details.resize(620, HEIGHT)
    qtbot.waitUntil(lambda: response.y() == request.y() and response.x() > request.x())


def test_what_says_nothing_is_folded_and_copied_all_the_same(
    qtbot: QtBot, harness: Harness, connection: Connection, details: DetailsPane
) -> None:
    harness.queue(connection, donors(1))
    harness.relay(connection)
    details.show_record(first(harness, connection))
    block = details.overview.response_body
    whole = json.loads(block.text())
    assert None in whole["contactList"].values()
    assert "null" not in block.shown()
    assert "more fields" in block.shown()
    block.copy_button.click()
    assert json.loads(QGuiApplication.clipboard().text()) == whole
    view = block.findChild(QPlainTextEdit)
    qtbot.keyClick(view, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert block.whole_action.isChecked()
    assert json.loads(block.shown()) == whole
    block.raw_action.setChecked(True)
    assert json.loads(block.shown()) == whole


def test_folding_keeps_the_order_and_whatever_a_relay_is_about() -> None:
    text = json.dumps(
        {
            "contactList": {
                "id": "0",
                "form": None,
                "list": "19",
                "sync": "0",
                "links": {"form": "a", "list": "b", "contact": "c"},
                "status": 1,
                "unsubreason": "",
                "contact": "25",
                "zero": 0,
            }
        }
    )
    shown = arranged(text, folds=True, more="{count} more fields", links="{count} links")
    assert [line.strip() for line in shown.splitlines()] == [
        '{"contactList": {',
        '"id": "0",',
        '"list": "19",',
        f'"links": {MARK} {{3 links}},',
        '"status": 1,',
        '"contact": "25",',
        '"zero": 0,',
        f"{MARK} 3 more fields",
        "}}",
    ]
    assert json.loads(arranged(text, folds=False, more="", links="")) == json.loads(text)
    listed = arranged('{"contacts": [{"id": "1"}], "tags": ["a"]}', folds=True, more="", links="")
    assert [line.strip() for line in listed.splitlines()] == ["{", f'"contacts": {MARK} [1],', '"tags": ["a"]', "}"]
    assert arranged("<html>", folds=True, more="", links="") == "<html>"
    deep = "[" * 300 + "]" * 300
    assert json.loads(arranged(deep, folds=True, more="", links="")) == json.loads(deep)


def test_a_line_of_the_log_opens_exactly_its_request_or_response(
    harness: Harness, connection: Connection, details: DetailsPane
) -> None:
    harness.queue(connection, donors(2))
    harness.relay(connection)
    lines = LogFeed(harness.services.history, harness.redactor).latest(connection.id)
    requests = [line for line in lines if line.level is LogLevel.REQUEST]
    responses = [line for line in lines if line.level is LogLevel.RESPONSE]
    assert len(requests) == len(responses) == 4
    for request, response in zip(requests, responses, strict=True):
        attempt = harness.services.history.attempt(request.attempt_id)
        assert attempt is not None
        assert request.step is not None
        step = attempt.steps[request.step]
        for line in (request, response):
            details.show_line(line)
            assert details.tabs.currentIndex() == DetailsTab.OVERVIEW
            overview = details.overview
            assert json.loads(overview.request_body.text()) == step.request
            assert json.loads(overview.response_body.text()) == json.loads(step.response)
            assert overview.response_status.word == str(step.status)
            assert step.path in overview.step.text()
            assert json.loads(details.attempts_page.request.text()) == step.request
            assert json.loads(details.attempts_page.response.text()) == json.loads(step.response)
            assert details.attempts_page.status.word == str(step.status)
            assert details.owner.text() == attempt.email
    details.overview.whole.click()
    assert "list_payload" in json.loads(details.overview.request_body.text())
    assert details.overview.step.isHidden()
    assert details.overview.whole.isHidden()
    end = next(line for line in lines if line.level is LogLevel.STATUS and line.attempt_id)
    details.show_line(end)
    assert details.tabs.currentIndex() == DetailsTab.OVERVIEW


def test_a_click_on_a_request_of_the_log_shows_it_in_the_overview_and_it_stays(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(1))
    harness.relay(connection)
    window.refresh()
    log, details = window.deferred.log, window.deferred.details
    qtbot.waitUntil(lambda: log.model.rowCount() > 0)
    details.tabs.setCurrentIndex(DetailsTab.HISTORY)
    (row, *_) = [row for row in range(log.model.rowCount()) if log.model.index(row, 1).data() == "Request"]
    index = log.table.model().index(row, 1)
    log.table.scrollTo(index)
    at = log.table.visualRect(index).center()
    qtbot.mouseClick(log.table.viewport(), Qt.MouseButton.LeftButton, pos=at)  # type: ignore[no-untyped-call]
    assert details.tabs.currentIndex() == DetailsTab.OVERVIEW
    shown = details.overview.request_body.text()
    assert "contact" in json.loads(shown)
    assert "list_payload" not in json.loads(shown)
    put(harness, (1,), RecordState.HELD, ReasonCode.BAD_EMAIL)
    window.refresh()
    assert details.state.word == "Held"
    assert details.overview.request_body.text() == shown, "a person who reads a request stays there"


def test_a_held_donor_is_fixed_in_place(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, [Donor(email="greta.bloom@example", first_name="Greta", last_name="Bloom")])
    put(harness, (1,), RecordState.HELD, ReasonCode.BAD_EMAIL, email="greta.bloom@example")
    window.refresh()
    give_space(window)
    window.queue.table.go_to(1)
    card = window.deferred.details.overview.fix
    qtbot.waitUntil(card.isVisible)
    assert card.email.text() == "greta.bloom@example"
    card.put_back.click()
    assert card.error.isVisible()
    assert harness.counts(connection).held == 1
    card.email.clear()
    qtbot.keyClicks(card.email, "greta.bloom@example.org")  # type: ignore[no-untyped-call]
    assert card.error.isHidden()
    card.put_back.click()
    qtbot.waitUntil(lambda: harness.counts(connection).waiting == 1)
    qtbot.waitUntil(card.isHidden)
    record = first(harness, connection)
    assert record.donor.email == "greta.bloom@example.org"
    assert [edit.old for edit in harness.services.record_edits.of(1)] == ["greta.bloom@example"]


def test_a_failed_donor_is_put_back_or_removed(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(2))
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    harness.account.faults = WELL
    window.refresh()
    assert harness.counts(connection).failed == 2
    card = window.deferred.details.overview.fix
    window.queue.table.go_to(1)
    card.put_back.click()
    qtbot.waitUntil(lambda: harness.counts(connection).waiting == 1)
    window.queue.table.go_to(2)
    card.remove.click()
    qtbot.waitUntil(lambda: harness.counts(connection).failed == 0)
    qtbot.waitUntil(window.actions_.undo.isEnabled)
    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: harness.counts(connection).failed == 1)


def test_a_donor_held_by_consent_is_decided_about_and_never_put_back(
    harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(1))
    put(harness, (1,), RecordState.HELD, ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors")
    window.refresh()
    give_space(window)
    window.queue.table.go_to(1)
    card = window.deferred.details.overview.fix
    assert card.decide.isVisible()
    assert card.put_back.isHidden()
    assert card.email.isHidden()
    assert card.title.text() == "Your decision is needed"
