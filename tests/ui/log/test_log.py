"""The log: each attempt with its payloads and answers, as they were sent and came, and nobody under the mask."""

import getpass
import json
from dataclasses import replace

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ac_desktop.console.queries import response_json
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.redact import MASK, Redactor
from ac_desktop.model.states import Decision, Outcome, RecordState
from ac_desktop.practice.faults import WELL, Faults
from ac_desktop.practice.records import MemberStatus
from ac_desktop.ui.log import relay_text
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.feed import PAGE_SIZE, LogFeed
from ac_desktop.ui.log.lines import LogLevel, LogLine, lines_in_order
from ac_desktop.ui.log.model import LogColumn, LogFilter, LogModel
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.log.relay_text import pretty
from tests.harness import PATIENCE, Harness, donors
from tests.ui.window_states import NOW, attempt


def line(number: int, level: LogLevel = LogLevel.STATUS) -> LogLine:
    return LogLine(
        at=NOW + number, level=level, text=f"line {number}", donor=f"donor{number}@example.org", record_id=number
    )


def texts(model: LogModel) -> list[str]:
    return [one.text for one in model.lines()]


@pytest.mark.usefixtures("qtbot")
def test_the_log_is_bounded_and_changes_by_the_book() -> None:
    model = LogModel(most=5)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.append([line(1), line(2), line(3)])
    model.append([line(4), line(5), line(6)])
    assert texts(model) == [f"line {number}" for number in range(2, 7)]
    model.append([line(number) for number in range(20, 30)])
    assert texts(model) == [f"line {number}" for number in range(25, 30)]
    model.append([])
    model.replace_all([line(1)])
    assert texts(model) == ["line 1"]


@pytest.mark.usefixtures("qtbot")
def test_levels_and_text_filter_the_lines() -> None:
    model = LogModel()
    shown = LogFilter()
    shown.setSourceModel(model)
    QAbstractItemModelTester(shown, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    model.append([line(1), line(2, LogLevel.PROBLEM), line(22, LogLevel.PROBLEM)])
    shown.choose(frozenset({LogLevel.PROBLEM}), "")
    assert shown.rowCount() == 2
    shown.choose(frozenset(LogLevel), "DONOR1@")
    assert [shown.index(row, LogColumn.TEXT).data() for row in range(shown.rowCount())] == ["line 1"]
    model.append([line(3)])
    assert shown.rowCount() == 1


def test_a_relay_is_shown_step_by_step(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(1))
    harness.relay(connection)
    lines = LogFeed(harness.services.history, harness.redactor).latest(connection.id)
    assert [one.level for one in lines] == [
        LogLevel.STATUS,
        LogLevel.REQUEST,
        LogLevel.RESPONSE,
        LogLevel.REQUEST,
        LogLevel.RESPONSE,
        LogLevel.STATUS,
    ]
    assert lines[0].text.startswith("Connection created by ")
    assert lines[1].text == "POST /contact/sync (contact step)"
    assert lines[3].text == "POST /contactLists (list step)"
    assert lines[-1].text == "Added to the list."


def test_the_deactivation_and_every_change_of_state_have_a_line(harness: Harness, connection: Connection) -> None:
    services = harness.services
    feed = LogFeed(services.history, harness.redactor)
    feed.latest(connection.id)
    harness.queue(connection, donors(8))
    services.connections.pause(connection.id, harness.clock.now())
    services.connections.resume(connection.id, harness.clock.now())
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)
    harness.account.faults = WELL
    services.connections.reactivate(connection.id, harness.clock.now())
    lines, is_more = feed.newer()
    assert not is_more
    said = [one.text for one in lines if not one.donor]
    assert [text.split(" ")[0] for text in said] == ["Paused", "Resumed", "Became", "Reactivated"]
    off = next(one for one in lines if one.text.startswith("Became inactive"))
    assert off.level is LogLevel.PROBLEM
    assert "after 5 failed attempts in a row" in off.text
    assert reason(ReasonCode.KEY_REFUSED).text in off.text
    assert off.attempt_id
    assert lines.index(off) == len(lines) - 2
    assert feed.newer() == ([], False)


def test_keys_never_reach_the_log() -> None:
    redactor = Redactor()
    redactor.learn("secret-key-0123456789")
    step = StepLog(step="contact", method="POST", path="/contact/sync", status=None, trouble="secret-key-0123456789")
    lines = lines_in_order([replace(attempt(1, reason(ReasonCode.TIMED_OUT)), steps=(step,))], [], redactor)
    assert not any("secret-key" in one.text for one in lines)
    shown = relay_text.of_attempt(replace(attempt(1, reason(ReasonCode.TIMED_OUT)), steps=(step,)), redactor)
    assert MASK in shown.response_body
    assert "secret-key" not in repr(shown)


def test_the_pair_is_as_the_integration_page_shows_it(qtbot: QtBot, harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(1))
    details = DetailsPane(harness.services)
    qtbot.addWidget(details)
    record = harness.services.record_reader.records(connection.id)[0]
    details.show_record(record)
    assert "Not sent yet" in details.overview.meaning.text()
    unsent = json.loads(details.overview.request_body.text())
    assert unsent["list_payload"]["contactList"] == {"list": "1", "status": 1, "contact": "…"}
    harness.relay(connection)
    details.refresh()
    sent = harness.services.record_reader.records(connection.id)[0]
    assert sent.state is RecordState.SENT
    assert details.overview.request_headers.text() == "Headers {}"
    assert details.overview.request_body.text() == json.dumps(
        {
            "list_payload": {"contactList": {"list": "1", "status": 1, "contact": sent.contact_id}},
            "contact_payload": {
                "contact": {
                    "email": "donor0@example.org",
                    "phone": "2252500000",
                    "lastName": "Last0",
                    "firstName": "First0",
                }
            },
        },
        indent=2,
    )
    assert details.overview.response_status.word in {"200", "201"}
    answer = json.loads(details.overview.response_body.text())
    assert answer["contactList"]["contact"] == sent.contact_id
    steps = "\n".join(details.attempts_page.titles())
    assert "1. contact: POST /contact/sync" in steps
    assert "2. list: POST /contactLists" in steps
    assert "donors" not in details.source.text()
    assert "State: Sent" in details.source.text()


def test_older_attempts_can_be_read_while_the_relay_goes_on(
    qtbot: QtBot, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(1))
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)
    details = DetailsPane(harness.services)
    qtbot.addWidget(details)
    attempts = harness.services.history.attempts(connection.id)
    assert len(attempts) == 5
    details.show_attempt(attempts[0].id)
    assert details.overview.attempt.count() == 5
    assert details.overview.attempt.currentIndex() == 0
    assert details.overview.response_status.word == "403"
    assert '"list_payload": null' in details.overview.request_body.text()
    harness.services.bulk_changes.retry([attempts[0].record_id], harness.clock.now() + 1)
    details.refresh()
    assert details.overview.attempt.currentIndex() == 0
    details.clear()
    details.refresh()
    assert details.overview.request_body.text() == ""


def test_held_is_shown_as_held() -> None:
    held = replace(
        attempt(1, reason(ReasonCode.UNSUBSCRIBED, list="Donors", date="2026-08-02")), outcome=Outcome.HELD, cause=None
    )
    said = lines_in_order([held], [], Redactor())[-1]
    assert said.text.startswith("Held: Unsubscribed from Donors on Aug 2")


def test_the_pane_follows_the_tail_only_at_the_end(qtbot: QtBot, harness: Harness, connection: Connection) -> None:
    pane = LogPane(harness.services)
    qtbot.addWidget(pane)
    pane.resize(600, 200)
    with qtbot.waitExposed(pane):
        pane.show()
    harness.queue(connection, donors(20))
    harness.relay(connection)
    pane.show_connection(connection.id)
    bar = pane.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    harness.queue(connection, donors(5, start=20))
    harness.relay(connection)
    before = bar.maximum()
    pane.show_connection(connection.id)
    qtbot.waitUntil(lambda: bar.maximum() > before and bar.value() == bar.maximum())
    bar.setValue(3)
    harness.queue(connection, donors(5, start=30))
    harness.relay(connection)
    before = bar.maximum()
    pane.show_connection(connection.id)
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == 3


def test_a_hidden_pane_is_quiet_and_catches_up(qtbot: QtBot, harness: Harness, connection: Connection) -> None:
    pane = LogPane(harness.services)
    qtbot.addWidget(pane)
    pane.show_connection(connection.id)
    rows = pane.model.rowCount()
    harness.queue(connection, donors(1))
    harness.relay(connection)
    pane.show_connection(connection.id)
    assert pane.model.rowCount() == rows
    with qtbot.waitExposed(pane):
        pane.show()
    assert pane.model.rowCount() == rows + 5


def test_a_pane_that_missed_much_catches_up_in_portions_without_further_news(
    qtbot: QtBot, harness: Harness, connection: Connection
) -> None:
    pane = LogPane(harness.services)
    qtbot.addWidget(pane)
    pane.show_connection(connection.id)
    harness.queue(connection, donors(2 * PAGE_SIZE + 1))
    harness.relay(connection)
    pane.show_connection(connection.id)
    with qtbot.waitExposed(pane):
        pane.show()
    first = pane.model.rowCount()
    told_in_all = LogPane(harness.services)
    qtbot.addWidget(told_in_all)
    told_in_all.show_connection(connection.id)
    assert first < told_in_all.model.rowCount()
    qtbot.waitUntil(lambda: pane.model.rowCount() == told_in_all.model.rowCount())
    assert texts(pane.model) == texts(told_in_all.model)


def test_one_finds_a_donors_line_even_behind_a_filter(qtbot: QtBot, harness: Harness, connection: Connection) -> None:
    pane = LogPane(harness.services)
    qtbot.addWidget(pane)
    harness.queue(connection, donors(3))
    harness.relay(connection)
    pane.show_connection(connection.id)
    record = harness.services.record_reader.records(connection.id)[1]
    pane.levels[LogLevel.STATUS].setChecked(False)
    assert pane.go_to_record(record.id)
    line_ = pane.current_line()
    assert line_ is not None
    assert line_.record_id == record.id
    assert not pane.go_to_record(10_000)


def test_decisions_are_in_the_log_and_on_the_donors_timeline(
    qtbot: QtBot, harness: Harness, connection: Connection
) -> None:
    for number in (0, 1):
        contact = harness.account.add_contact(f"donor{number}@example.org")
        harness.account.set_status(contact.id, "1", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(2))
    harness.relay(connection)
    first, second = harness.services.decisions.held(connection.id)
    feed = LogFeed(harness.services.history, harness.redactor)
    feed.latest(connection.id)
    details = DetailsPane(harness.services)
    qtbot.addWidget(details)
    details.show_record(harness.services.record_reader.record(first))

    harness.services.decisions.decide([first], Decision.KEEP, harness.clock.now() + 1)
    details.refresh()
    harness.services.decisions.decide([first, second], Decision.SKIP, harness.clock.now() + 2)

    me = getpass.getuser()
    lines, _ = feed.newer()
    assert [(one.level, one.text, one.donor, one.record_id) for one in lines] == [
        (LogLevel.STATUS, f"Still held, decided by {me}.", "donor0@example.org", first),
        (LogLevel.STATUS, f"2 donors skipped permanently by {me}.", "", 0),
    ]
    assert details.timeline.text().endswith(f"    Still held, decided by {me}.")
    details.refresh()
    told_ = details.timeline.text().split("\n\n")
    assert [text.split(",")[0] for text in told_] == ["Attempt 1", "Decision", "Decision"]


def test_a_bulk_request_is_reported_as_what_it_was(qtbot: QtBot, harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(21))
    harness.services.engine.start(connection.id, in_bulk=True)
    assert harness.services.engine.join(connection.id, PATIENCE)
    lines = LogFeed(harness.services.history, harness.redactor).latest(connection.id)
    request, page = harness.services.history.attempts(connection.id)[1:]
    ends = {one.attempt_id: one for one in lines}
    assert ends[request.id].donor == ends[page.id].donor == "donor1@example.org and 19 others"
    assert ends[request.id].text.startswith("ActiveCampaign accepted this bulk request.")
    assert ends[page.id].text == "Sent in bulk and found on the list afterwards."
    assert lines[-1].text == "AC Desktop read the list. Found: 20. Not active: 0. Not found: 0."
    assert any(one.text == "POST /import/bulk_import (bulk step)" for one in lines)

    details = DetailsPane(harness.services)
    qtbot.addWidget(details)
    details.show_attempt(request.id)

    payload = json.loads(details.overview.request_body.text())
    assert payload == json.loads(harness.account.requests("import/bulk_import")[0].body)
    assert "ActiveCampaign accepted this bulk request." in details.timeline.text()


@pytest.mark.parametrize("depth", [950, 200_000])
def test_an_answer_nested_without_end_is_shown_as_it_came(depth: int) -> None:
    text = "[" * depth + "]" * depth
    assert pretty(text) == text
    assert response_json(text) == text
