from dataclasses import replace

import pytest

from ac_desktop.relay.progress import Progress
from ac_desktop.ui.main.task_bar import BUS_VARIABLE, TaskBar
from tests.ui.window_states import window_state


def running(sent: int, waiting: int) -> Progress:
    return Progress(running=True, sent=sent, waiting=waiting)


def test_the_task_bar_hears_each_percentage_once_and_of_the_end() -> None:
    reported: list[int | None] = []
    bar, still = TaskBar(reported.append), window_state()
    for progress in (None, running(0, 4), running(0, 4), running(1, 3), running(4, 0), Progress(running=False, sent=4)):
        bar.show_state(replace(still, progress=progress))
    assert reported == [0, 25, 100, None]


def test_a_window_that_closes_takes_its_percentage_along() -> None:
    reported: list[int | None] = []
    bar = TaskBar(reported.append)
    bar.hide()
    assert reported == [], "there was none"
    bar.show_state(replace(window_state(), progress=running(1, 1)))
    bar.hide()
    assert reported == [50, None]


def test_a_desktop_without_a_bus_is_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BUS_VARIABLE, raising=False)
    bar = TaskBar()
    bar.show_state(replace(window_state(), progress=running(1, 1)))
    bar.hide()
