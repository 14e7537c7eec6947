"""A body is read as JSON where it is JSON within measure; what it holds can be kept."""

import pytest

from ac_desktop.activecampaign.requests import MOST_ROWS, MOST_TOKENS, json_object


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"null",
        b'{"a":NaN}',
        b'{"a":[Infinity]}',
        b'{"a":-Infinity}',
        b'{"a":' + b"9" * 5_000 + b"}",
        b'{"a":"\xff"}',
        b'{"a":1',
        b"[" * 100_000,
        b'{"a":[' + b"1," * MOST_ROWS + b"1]}",
        b'{"a":{"b":[' + b"1," * MOST_TOKENS + b"1]}}",
        b'{"a":"' + b"\\n" * (MOST_TOKENS + 1) + b'"}',
    ],
    ids=lambda body: body[:20].decode(errors="replace"),
)
def test_what_is_no_object_or_beyond_measure_is_none(body: bytes) -> None:
    assert json_object(body) is None


def test_what_is_within_measure_is_read() -> None:
    assert json_object(b'\xef\xbb\xbf{"a":1e999}') == {"a": float("inf")}
    assert json_object(b'{"a":[' + b"1," * (MOST_ROWS - 1) + b"1]}") == {"a": [1] * MOST_ROWS}
    assert json_object(b'{"links":{"a":"https:\\/\\/acct"}}') == {"links": {"a": "https://acct"}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a":"\\ud83d\\ude00"}', "\N{GRINNING FACE}"),
        (b'{"a":"\\uD83D\\uDE00"}', "\N{GRINNING FACE}"),
        (b'{"a":"\\ud83d"}', "?"),
        (b'{"a":"\\uDE00x\\uD83D"}', "?x?"),
        (b'{"a":"\\\\ud83d"}', "\\ud83d"),
    ],
)
def test_halves_of_a_character_become_question_marks_and_whole_ones_stay(body: bytes, expected: str) -> None:
    assert json_object(body) == {"a": expected}


def test_a_half_of_a_character_in_a_name_becomes_one_too() -> None:
    assert json_object(b'{"\\ud83d":{"b":["\\ud83d"]}}') == {"?": {"b": ["?"]}}
