"""All texts for people pass one function, which translates them."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.wording import (
    countdown,
    escape_control_characters,
    language_in_use,
    ntr,
    readable_date,
    span,
    tr,
    use_translations,
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    use_translations(NullTranslations())
    yield
    use_translations(NullTranslations())


def test_a_text_is_filled_in() -> None:
    assert tr("{number} donors", number=3) == "3 donors"
    assert tr("no values, so {nothing} is filled in") == "no values, so {nothing} is filled in"


class InCapitals(NullTranslations):
    """A language that is English in capitals, in which none counts as one."""

    def gettext(self, message: str) -> str:
        return message if "{" in message else message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n in {0, 1} else msgid2

    def info(self) -> dict[str, str]:
        return {"language": "capitals"}


def test_a_count_chooses_its_form_by_the_rule_of_the_language() -> None:
    assert [ntr("{count} donor", "{count} donors", number) for number in (0, 1, 2, 1234)] == [
        "0 donors",
        "1 donor",
        "2 donors",
        "1,234 donors",
    ]


def test_everything_is_translated_through_one_function() -> None:
    use_translations(InCapitals(), lambda count: f"<{count}>")
    assert reason(ReasonCode.NO_EMAIL).text == "THIS ROW HAS NO EMAIL ADDRESS."
    assert ntr("{count} donor", "{count} donors", 0) == "<0> donor"
    assert language_in_use() == "capitals"
    assert tr("") == ""


@pytest.mark.parametrize(
    ("iso", "read"), [("2026-08-02", "Aug 2, 2026"), ("1999-12-31", "Dec 31, 1999"), ("2024-02-29", "Feb 29, 2024")]
)
def test_a_date_is_reported_as_people_read_it(iso: str, read: str) -> None:
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
def test_a_character_that_steers_is_shown_as_one_that_does_not(text: str, shown: str) -> None:
    assert escape_control_characters(text) == shown


def test_spans_name_the_two_units_that_matter() -> None:
    assert [span(seconds) for seconds in (0, 59.4, 145, 7265)] == ["0 s", "59 s", "2 min 25 s", "2 h 1 min"]
    assert countdown(27.2) == "0:27"
