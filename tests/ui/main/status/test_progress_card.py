from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.relay.progress import ListPages, PauseReason, Progress
from ac_desktop.store.queue.records import StateCounts
from ac_desktop.ui.base.window_state import read_window_state
from ac_desktop.ui.main.header.relay_button import relay_button_state
from ac_desktop.ui.main.status.progress_card import ProgressCard
from ac_desktop.ui.main.status.status_text import current_activity, done_text, end_text, left_text, status_text
from tests.harness import Harness, donors
from tests.ui.window_states import NOW, window_state


def test_rate_and_time_left_are_reported() -> None:
    progress = Progress(running=True, sent=301, failed=3, held=9, waiting=214, rate=1.5, seconds_left=145.0)
    assert status_text(window_state(progress=progress)) == (
        "301 sent · 3 failed · 9 held · 1.5 donors/s · about 2 min 25 s left"
    )


def test_no_time_left_before_twenty_donors_or_at_rate_nought() -> None:
    early = Progress(running=True, sent=19, rate=2.0, seconds_left=100.0)
    still = Progress(running=True, sent=200, rate=0.0, seconds_left=100.0)
    unknown = Progress(running=True, sent=200, rate=1.0)
    for progress in (early, still, unknown):
        assert "left" not in status_text(window_state(progress=progress))


def test_breathing_space_shows_the_next_try() -> None:
    progress = Progress(running=True, pause_reason=PauseReason.BREATHING, paused_until=NOW + 4)
    assert "next attempt in 4 s" in status_text(window_state(progress=progress))


def test_waiting_for_a_busy_account_counts_down() -> None:
    progress = Progress(running=True, pause_reason=PauseReason.BUSY, paused_until=NOW + 27)
    activity = current_activity(window_state(progress=progress))
    assert activity.text == "Waiting for ActiveCampaign 0:27"
    assert activity.is_still, "the bar turns grey"


def test_the_card_says_how_far_it_is_and_what_happens_now() -> None:
    progress = Progress(running=True, sent=160, failed=4, held=7, waiting=100, rate=1.5, seconds_left=51.0)
    shown = window_state(progress=progress, counts=StateCounts(waiting=100, sending=2))
    assert done_text(shown) == "171 of 273"
    assert left_text(shown) == "· about 51 s left"
    assert current_activity(shown).text == "Sending 2 donors"
    offline = replace(progress, pause_reason=PauseReason.OFFLINE, paused_until=NOW + 5)
    assert current_activity(window_state(progress=offline)).text.startswith("Offline")


def test_done_is_said_only_where_nothing_is_left() -> None:
    sent = Progress(running=False, sent=4)
    assert end_text(window_state(progress=sent, counts=StateCounts(sent=4))) == "Done: 4 sent, 0 failed, 0 held."
    assert end_text(window_state(progress=sent, counts=StateCounts(sent=4, held=2))).endswith("In the queue: 2 held.")
    failed = Progress(running=False, sent=4, failed=1)
    assert end_text(window_state(progress=failed, counts=StateCounts(sent=4, failed=1))).startswith(
        "Finished with 1 failed"
    )
    assert end_text(window_state(ConnectionState.PAUSED, progress=sent)).startswith("Paused")
    assert end_text(window_state(ConnectionState.INACTIVE, progress=sent)).startswith("Inactive")


def test_before_a_relay_its_time_is_reported_in_the_status_line_and_at_the_button() -> None:
    shown = replace(window_state(waiting=340), seconds_needed=174.25)
    assert status_text(shown) == "340 waiting · 0 sent · 0 failed · 0 held · 340 donors to relay: about 2 min 50 s"
    assert relay_button_state(shown).tip == "Add the waiting donors to list 19 “Donors”.\n340 donors, about 2 min 50 s."
    again = replace(shown, progress=Progress(running=False, sent=4))
    assert status_text(again).endswith("340 still waiting. · 340 donors to relay: about 2 min 50 s")
    running = replace(window_state(progress=Progress(running=True, sent=1)), seconds_needed=None)
    assert "to relay" not in status_text(running)


def test_a_list_that_may_be_read_is_named_before_and_its_page_while_it_is_read() -> None:
    waiting = replace(window_state(waiting=340), may_read_list=True)
    tip = relay_button_state(waiting).tip
    assert (
        "One by one starts with 20 donors. If many of them are on the list already, AC Desktop reads the list." in tip
    )
    for pages, expected in ((ListPages(2, 12), "page 3 of 12"), (ListPages(0, None), "page 1")):
        activity = current_activity(window_state(progress=Progress(running=True, sent=20, list_pages=pages)))
        assert activity.text == f"Reading the list, because many of these donors are on it: {expected}"
        assert not activity.is_still


def test_a_window_state_knows_whether_the_list_may_be_read(harness: Harness, connection: Connection) -> None:
    def may_read_list() -> bool:
        return read_window_state(harness.services, connection.id, practice=False).may_read_list

    assert not may_read_list()
    harness.queue(connection, donors(120))
    assert not may_read_list()
    harness.queue(connection, donors(1, start=120))
    assert may_read_list()
    unguarded = replace(connection.settings, consent_guard=False)
    harness.services.connections.change(connection.id, unguarded, harness.clock.now())
    assert not may_read_list()


def test_a_window_state_knows_how_long_the_waiting_take(harness: Harness, connection: Connection) -> None:
    for number in range(4):
        harness.account.add_contact(f"donor{number}@example.org")
    assert read_window_state(harness.services, connection.id, practice=False).seconds_needed is None
    harness.queue(connection, donors(8))
    plain = read_window_state(harness.services, connection.id, practice=False).seconds_needed
    assert plain == pytest.approx(8 * 2 * 1.025 / 4)
    harness.relay(connection)
    harness.queue(connection, donors(8, start=8))
    learnt = read_window_state(harness.services, connection.id, practice=False).seconds_needed
    assert learnt == pytest.approx(8 * 2.5 * 1.025 / 4), "half of them were known, and cost a question each"


def test_the_end_is_announced_once(qtbot: QtBot) -> None:
    line = ProgressCard()
    qtbot.addWidget(line)
    line.show_state(window_state(progress=Progress(running=True, sent=1, waiting=3)))
    assert not line.bar.isHidden()
    with qtbot.waitSignal(line.ended) as ended:
        line.show_state(window_state(progress=Progress(running=False, sent=4), counts=StateCounts(sent=4)))
    assert ended.args == ["Done: 4 sent, 0 failed, 0 held."]
    with qtbot.assertNotEmitted(line.ended):
        line.show_state(window_state(progress=Progress(running=False, sent=4), counts=StateCounts(sent=4)))
