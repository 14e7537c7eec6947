"""All texts for people pass one door, where they can be translated."""

from collections.abc import Iterator

import pytest

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.wording import (
    current_translations,
    escape_control_characters,
    readable_date,
    tr,
    use_translations,
)


@pytest.fixture
def _in_english_again() -> Iterator[None]:
    yield
    use_translations({})


def test_a_text_is_filled_in() -> None:
    assert tr("{number} donors", number=3) == "3 donors"
    assert tr("no values, so {nothing} is filled in") == "no values, so {nothing} is filled in"


@pytest.mark.usefixtures("_in_english_again")
def test_a_translation_is_filled_in_as_the_english_would_be() -> None:
    use_translations({"duplicate of row {row}": "doppelt, siehe Zeile {row}"})

    assert reason(ReasonCode.DUPLICATE_ROW, row=4).text == "doppelt, siehe Zeile 4"
    assert current_translations() == {"duplicate of row {row}": "doppelt, siehe Zeile {row}"}, (
        "a process beside this one speaks so"
    )


@pytest.mark.parametrize(
    ("iso", "read"), [("2026-08-02", "2 Aug 2026"), ("1999-12-31", "31 Dec 1999"), ("2024-02-29", "29 Feb 2024")]
)
def test_a_date_is_told_as_people_read_it(iso: str, read: str) -> None:
    assert readable_date(iso) == read


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann Lee", "Ann Lee"),
        ("", ""),
        ("Núñez\nÖneill", "Núñez\nÖneill"),
        ("\x1b[31mred", "�[31mred"),
        ("a\tb", "a�b"),
        ("evil\u202egnp.exe", "evil�gnp.exe"),
        ("half \ud800 sign", "half � sign"),
        ("private \ue000", "private �"),
    ],
)
def test_a_sign_that_steers_is_shown_as_one_that_does_not(text: str, shown: str) -> None:
    assert escape_control_characters(text) == shown
