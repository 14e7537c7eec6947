"""How fast a relay goes, and how long it still takes: told only once it is known."""

import pytest

from ac_desktop.model.states import Outcome
from ac_desktop.relay.tempo import FEWEST, WINDOW, Tempo

BEGAN = 1_000.0


def sent(tempo: Tempo, number: int, at: float) -> None:
    tempo.note({Outcome.SENT: number}, BEGAN + at)


def test_the_rate_counts_from_the_beginning_while_a_minute_has_not_passed() -> None:
    tempo = Tempo(BEGAN)
    assert tempo.rate(BEGAN) == 0.0
    sent(tempo, 3, 0)
    assert tempo.rate(BEGAN) == 0.0, "no time has passed yet"
    assert tempo.rate(BEGAN + 0.5) == 6.0
    sent(tempo, 7, 10)
    assert tempo.rate(BEGAN + 20) == pytest.approx(0.5)


def test_after_a_minute_only_the_last_minute_counts() -> None:
    tempo = Tempo(BEGAN)
    sent(tempo, 60, 0)
    sent(tempo, 30, 40)
    assert tempo.rate(BEGAN + WINDOW) == pytest.approx(90 / WINDOW), "what is a minute old still counts"
    assert tempo.rate(BEGAN + WINDOW + 0.1) == pytest.approx(30 / WINDOW)
    assert tempo.rate(BEGAN + 40 + WINDOW + 0.1) == 0.0
    assert tempo.count(Outcome.SENT) == 90, "the count forgets nothing"


def test_who_goes_back_to_waiting_has_not_left_the_line() -> None:
    tempo = Tempo(BEGAN)
    tempo.note({Outcome.WAITING: 5, Outcome.FAILED: 1, Outcome.HELD: 2}, BEGAN + 1)
    assert tempo.rate(BEGAN + 10) == pytest.approx(0.3)
    assert [tempo.count(one) for one in (Outcome.WAITING, Outcome.FAILED, Outcome.HELD, Outcome.SENT)] == [5, 1, 2, 0]


def test_no_time_left_is_told_while_too_little_is_known() -> None:
    tempo = Tempo(BEGAN)
    sent(tempo, FEWEST - 1, 1)
    assert tempo.seconds_left(100, BEGAN + 10) is None
    sent(tempo, 1, 1)
    assert tempo.seconds_left(100, BEGAN + 10) == pytest.approx(100 / (FEWEST / 10))
    assert tempo.seconds_left(100, BEGAN + 40) == pytest.approx(200), "slower than one a second is told, too"
    assert tempo.seconds_left(100, BEGAN + 200) is None, "nothing went lately"
