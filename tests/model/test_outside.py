"""Numbers and texts from outside are read within bounds, in every spelling that is one, and in no other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.outside import LARGEST, LONGEST_TEXT, number, text

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("expected", [7, "7", "07", " 7", "7 ", "7\n", "+7", 7.0, "7.", "7.0", "7.000"])
def test_every_spelling_of_a_whole_number_is_one(expected: object) -> None:
    assert number(expected) == 7


@pytest.mark.parametrize(
    "expected",
    [
        None,
        True,
        False,
        "",
        " ",
        "seven",
        "-7",
        -7,
        7.5,
        "7.5",
        "0x7",
        "7e0",
        "7_0",
        "1 2",
        "²",
        "٣",
        "9" * 5_000,
        10**5_000,
        LARGEST + 1,
        str(LARGEST + 1),
        "9" * 19,
        1e300,
        math.inf,
        -math.inf,
        math.nan,
        [],
        [7],
        {},
        {"7": 7},
        b"7",
    ],
    ids=lambda expected: repr(expected)[:20] if not isinstance(expected, int) or abs(expected) < LARGEST else "huge",
)
def test_everything_else_is_no_number(expected: object) -> None:
    assert number(expected) is None


def test_a_number_is_bounded_by_what_is_asked_for() -> None:
    assert (number("250", 250), number("251", 250), number(LARGEST)) == (250, None, LARGEST)


@pytest.mark.parametrize(
    ("expected", "read"),
    [
        ("Annie", "Annie"),
        (12, "12"),
        (1.5, "1.5"),
        (True, ""),
        (None, ""),
        ([1], ""),
        ({"a": 1}, ""),
        (math.nan, ""),
        (math.inf, ""),
        (10**5_000, ""),
    ],
    ids=lambda expected: repr(expected)[:20] if not isinstance(expected, int) or abs(expected) < LARGEST else "huge",
)
def test_a_text_is_a_text_or_a_number(expected: object, read: str) -> None:
    assert text(expected) == read


def test_a_text_is_cut() -> None:
    assert text("x" * 4_000_000) == "x" * LONGEST_TEXT
    assert text("abc", 2) == "ab"


@given(ANYTHING, st.integers(0, 100))
def test_reading_never_fails_and_keeps_to_its_bounds(reported: object, bound: int) -> None:
    found = number(reported, bound)
    assert found is None or 0 <= found <= bound
    assert len(text(reported, bound)) <= max(bound, 25)
