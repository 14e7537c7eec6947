"""The server's time on a computer whose own clock may be wrong by days: by the fastest answers, and after a sleep."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.store.engines.postgres.server_time import MEASURED_FOR, Exchange, ServerTime

SERVER: float = 1_795_000_000.0


@dataclass
class Ways:
    """A server, this computer's steady clock, and the way between them."""

    at: float = 5.0
    server_ahead: float = SERVER
    there: float = 0.001
    back: float = 0.001
    asked_soon: int = 0

    def steady(self) -> float:
        return self.at

    def ask(self) -> float:
        self.at += self.there
        answer = self.at + self.server_ahead
        self.at += self.back
        return answer

    def measure_soon(self) -> None:
        self.asked_soon += 1

    def time(self) -> ServerTime:
        return ServerTime(self.ask, self.measure_soon, self.steady)


def test_the_first_reading_asks_the_server_and_later_ones_do_not() -> None:
    ways = Ways()
    time = ways.time()
    assert time.now() == pytest.approx(ways.at + SERVER)
    ways.at += 30
    before = ways.at
    assert time.now() == pytest.approx(ways.at + SERVER)
    assert ways.at == before


@given(there=st.floats(0, 0.5), back=st.floats(0, 0.5))
def test_the_time_is_wrong_by_no_more_than_its_doubt(there: float, back: float) -> None:
    ways = Ways(there=there, back=back)
    time = ways.time()
    assert abs(time.now() - (ways.at + SERVER)) <= time.doubt() + 1e-6


def test_a_slow_answer_makes_the_time_no_worse() -> None:
    ways = Ways()
    time = ways.time()
    time.now()
    ways.back = 0.8
    time.measure(ways.ask)
    assert abs(time.now() - (ways.at + SERVER)) < 0.001


def test_an_old_answer_gives_way_to_a_slower_one_in_time() -> None:
    ways = Ways()
    time = ways.time()
    time.now()
    ways.at += 3600.0
    ways.there = ways.back = 0.01
    time.measure(ways.ask)
    assert time.doubt() == pytest.approx(0.01)


def test_a_server_whose_clock_is_set_is_followed_at_once() -> None:
    ways = Ways()
    time = ways.time()
    time.now()
    ways.server_ahead -= 86_400.0
    ways.there = ways.back = 0.02
    time.measure(ways.ask)
    assert time.now() == pytest.approx(ways.at + ways.server_ahead)


def test_a_time_that_was_measured_a_minute_ago_is_measured_again_without_waiting() -> None:
    ways = Ways()
    time = ways.time()
    time.now()
    ways.at += MEASURED_FOR - 1
    time.now()
    assert ways.asked_soon == 0
    ways.at += 8 * 3600.0
    time.now()
    assert ways.asked_soon == 1


def test_an_exchange_is_as_doubtful_as_half_of_its_way() -> None:
    made = Exchange(10.0, 110.5, 11.0)
    assert (made.offset, made.doubt) == (100.0, 0.5)
