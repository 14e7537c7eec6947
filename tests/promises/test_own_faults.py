"""Faults of our own: whatever an account answers is read in bounded time, and what fails in us counts as a failure."""

import pytest

from tests.promises.hostile_answers import MOST_PROCESSOR, READERS, readings


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_takes_a_fifth_of_a_second_at_most_for_the_largest_answer(reader: str) -> None:
    slow = [reading for reading in readings(reader) if reading.seconds > MOST_PROCESSOR]
    assert slow == []
