"""Durations read as people write them."""

from ac_desktop.model import durations


def test_spans_name_the_two_units_that_matter() -> None:
    assert [durations.span(seconds) for seconds in (0, 59.4, 145, 7265)] == ["0 s", "59 s", "2 min 25 s", "2 h 1 min"]
    assert durations.countdown(27.2) == "0:27"
