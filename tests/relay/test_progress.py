"""The throughput of a relay is calculated from the last minute, and no more than that is kept."""

import pytest

from ac_desktop.model.states import Outcome
from ac_desktop.relay.progress import WINDOW, Throughput


def test_a_long_relay_that_nobody_asks_about_keeps_its_last_minute_alone() -> None:
    throughput = Throughput(0.0)

    for second in range(10_000):
        throughput.record({Outcome.SENT: 2}, float(second))

    assert len(throughput._recent) == WINDOW + 1
    assert throughput.rate(10_000.0) == pytest.approx(2.0)
    assert throughput.count(Outcome.SENT) == 20_000


def test_what_goes_back_to_waiting_has_not_left_the_line() -> None:
    throughput = Throughput(0.0)

    for second in range(30):
        throughput.record({Outcome.WAITING: 1}, float(second))

    assert throughput.rate(30.0) == 0
    assert throughput.seconds_left(100, 30.0) is None


def test_the_time_left_is_what_waits_at_the_pace_of_the_last_minute() -> None:
    throughput = Throughput(0.0)

    for second in range(30):
        throughput.record({Outcome.SENT: 2}, float(second))

    assert throughput.seconds_left(100, 30.0) == pytest.approx(50.0)
