"""Clean values (rule 10): what changes is what the rule names, and a damaged phone number is never sent."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ac_desktop.model.donor import (
    LONGEST_PHONE,
    SHORTEST_PHONE,
    Phone,
    PhoneProblem,
    PhoneStyle,
    clean_email,
    clean_phone,
    clean_text,
)

DIGITS_FORM = re.compile(r"(?:\+?[0-9]+(?: x[0-9]{1,6})?)?")
AN_E_NOTATION = re.compile(r"\W*[0-9]{1,3}(?:[.,][0-9]*)?E[+-]?[0-9]{1,3}\W*", re.IGNORECASE)
STYLES = st.sampled_from(PhoneStyle)
PHONE_LIKE = st.text(alphabet="0123456789+-.,()/ xXeE#ext\u00a0\u200b٣\uff11", max_size=24)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("2252501301", "2252501301"),
        ("(225) 250-1301", "2252501301"),
        ("225.250.1301", "2252501301"),
        ("1-225-250-1301", "2252501301"),
        ("+1 225 250 1301", "+12252501301"),
        ("+49 30 123456", "+4930123456"),
        ("2252501301.0", "2252501301"),
        ("225-250-1301 ext. 12", "2252501301 x12"),
        ("225-250-1301 x12", "2252501301 x12"),
        ("12252501301 #7", "2252501301 x7"),
        ("".join(chr(ord(digit) + 0xFEE0) for digit in "2252501301"), "2252501301"),
        ("225\u200b250\u00a01301", "2252501301"),
        ("", ""),
        ("  \u00a0 ", ""),
    ],
)
def test_a_phone_number_goes_as_the_integration_page_shows_it(typed: str, sent: str) -> None:
    assert clean_phone(typed) == Phone(sent)


@pytest.mark.parametrize(
    ("typed", "sent", "trouble"),
    [
        ("123456", "123456", PhoneProblem.LENGTH),
        ("1234567890123456", "1234567890123456", PhoneProblem.LENGTH),
        ("call me", "", PhoneProblem.NO_DIGITS),
        ("--", "", PhoneProblem.NO_DIGITS),
        ("٢٢٥٢٥٠١٣٠١", "", PhoneProblem.NO_DIGITS),
    ],
)
def test_an_odd_phone_number_is_reported(typed: str, sent: str, trouble: PhoneProblem) -> None:
    assert clean_phone(typed) == Phone(sent, trouble)


@pytest.mark.parametrize("style", PhoneStyle)
@pytest.mark.parametrize(
    "typed",
    [
        "2.25E+09",
        "2,25E+09",
        "2.252501301e9",
        "2E+09",
        "+2.25E+09",
        "2.E+09",
        "2.25E+009",
        "2.25E-09",
        "22.52501301E+08",
        "225.2501301E+07",
        "'2.252501301E+09",
        '"2.252501301E+09"',
    ],
)
def test_a_phone_number_a_spreadsheet_damaged_is_left_out_in_every_style(typed: str, style: PhoneStyle) -> None:
    assert clean_phone(typed, style) == Phone("", PhoneProblem.DAMAGED)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("(225) 250-1301", "+12252501301"),
        ("1 225 250 1301", "+12252501301"),
        ("+49 30 123456", "+4930123456"),
        ("225-250-1301 ext 9", "+12252501301 x9"),
        ("123", "123"),
        ("+0", "+0"),
    ],
)
def test_a_connection_may_choose_plus_and_country(typed: str, sent: str) -> None:
    assert clean_phone(typed, PhoneStyle.E164).text == sent


@pytest.mark.parametrize("style", [PhoneStyle.DIGITS, PhoneStyle.E164])
@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("+1 225", Phone("+1225", PhoneProblem.LENGTH)),
        ("+290 123", Phone("+290123", PhoneProblem.LENGTH)),
        ("+49 30 123", Phone("+4930123")),
    ],
)
def test_a_number_with_its_country_is_reported_where_its_length_is_odd(
    typed: str, style: PhoneStyle, phone: Phone
) -> None:
    assert clean_phone(typed, style) == phone


@pytest.mark.parametrize("typed", ["(225) 250-1301", "1-800-FLOWERS", "+49 (0)30 / 12 34 56"])
def test_a_connection_may_choose_as_typed(typed: str) -> None:
    assert clean_phone(f"  {typed} ", PhoneStyle.AS_TYPED) == Phone(typed)


@given(st.text(max_size=40) | PHONE_LIKE, STYLES)
@example("22525013 x٣", PhoneStyle.DIGITS)
def test_no_text_breaks_the_phone_rule_and_none_comes_out_in_e_notation(typed: str, style: PhoneStyle) -> None:
    phone = clean_phone(typed, style)

    assert not AN_E_NOTATION.fullmatch(phone.text)
    assert phone.text == phone.text.strip()
    if style is not PhoneStyle.AS_TYPED:
        assert DIGITS_FORM.fullmatch(phone.text), phone
    if phone.trouble in {PhoneProblem.DAMAGED, PhoneProblem.NO_DIGITS}:
        assert phone.text == ""


@given(st.text(max_size=40) | PHONE_LIKE, st.sampled_from([PhoneStyle.DIGITS, PhoneStyle.AS_TYPED]))
def test_a_clean_phone_number_stays_as_it_is(typed: str, style: PhoneStyle) -> None:
    once = clean_phone(typed, style).text

    assert clean_phone(once, style).text == once


@given(st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True), st.sampled_from(PhoneStyle))
def test_an_american_number_is_the_same_however_it_is_punctuated(digits: str, style: PhoneStyle) -> None:
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    forms = [digits, f"({area}) {exchange}-{line}", f"{area}.{exchange}.{line}", f"1 {area} {exchange} {line}"]

    if style is PhoneStyle.AS_TYPED:
        assert [clean_phone(form, style).text for form in forms] == forms
    else:
        assert len({clean_phone(form, style).text for form in forms}) == 1
    assert clean_phone(clean_phone(digits, style).text, style) == clean_phone(digits, style)


@given(st.integers(min_value=0, max_value=10**20 - 1).map(str))
def test_the_length_of_a_number_is_judged_before_its_country_digit_goes(digits: str) -> None:
    phone = clean_phone(digits)

    assert (phone.trouble is None) == (SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE)
    assert digits.endswith(phone.text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("cell", ["1" * 400_000, "1 " * 200_000, "1x" * 200_000, "1 ext. " * 60_000 + "y"])
def test_no_cell_takes_for_ever_as_a_phone_number(cell: str) -> None:
    assert clean_phone(cell).trouble is PhoneProblem.LENGTH


@given(st.text(max_size=40))
def test_cleaning_a_text_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert "  " not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Donor@Example.ORG\t", "donor@example.org"),
        ("\ufeffdonor@example.org\u200b", "donor@example.org"),
        ("don\u00ador@example.org", "donor@example.org"),
        ("", ""),
    ],
)
def test_an_email_is_trimmed_and_lower_cased(typed: str, clean: str) -> None:
    assert clean_email(typed) == clean


@given(st.text(max_size=40))
def test_cleaning_an_email_twice_changes_nothing_more(text: str) -> None:
    assert clean_email(clean_email(text)) == clean_email(text)


def test_half_a_character_that_no_encoding_can_write_is_left_out() -> None:
    assert clean_text("Ann\ud83die") == "Annie"
    assert clean_phone("225250\udc001301") == Phone("2252501301")


INVISIBLE = {
    *"\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    *(chr(point) for point in range(0xA0) if unicodedata.category(chr(point)) == "Cc" and not chr(point).isspace()),
    *map(chr, range(0xD800, 0xE000)),
}


@settings(max_examples=2_000)
@given(
    st.text("aZ1 é'\t\n\u00a0\u3000\u200b\u202e\u00ad\x00\x1c\x85\ud83d\U0001f600", max_size=8) | st.text(max_size=6)
)
@example("a\u2028b")
def test_the_quick_look_takes_nothing_unclean_for_clean(text: str) -> None:
    assert clean_text(text) == " ".join("".join(one for one in text if one not in INVISIBLE).split())


def test_each_invisible_character_is_taken_out() -> None:
    assert [clean_text(f"a{one}b") for one in INVISIBLE] == ["ab"] * len(INVISIBLE)
