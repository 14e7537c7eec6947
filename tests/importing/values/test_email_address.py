"""E-mail addresses: the fast way says what email-validator says; suggestions are offered, never applied."""

import email_validator
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from ac_desktop.importing.validation.person_columns import quick_phone
from ac_desktop.importing.values.email_address import EmailCleaning, check_email, quick_emails
from ac_desktop.model.donor import clean_phone

LOCALS = st.text("abz09._-+'!#&é@ \"", max_size=10)
DOMAINS = st.text("abz09.-", max_size=10) | st.sampled_from(["example.com", "mail.example.org", "x.test", "localhost"])


@given(LOCALS, DOMAINS)
def test_verdicts_are_those_of_email_validator(local: str, domain: str) -> None:
    text = f"{local}@{domain}"
    try:
        wanted = validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        wanted = ""
    assert quick_emails([text])[0] in {wanted, ""}
    if quick_emails([text])[0]:
        assert check_email(text).email == quick_emails([text])[0]
    if text.isascii() and text == text.strip():
        assert check_email(text).ok == bool(wanted)


LABELS = st.text("abz09-", min_size=1, max_size=5) | st.sampled_from(
    ["xn--mnchen-3ya", "xn--a", "ab--c", "a" * 63, "a" * 64]
)
ENDINGS = (
    st.sampled_from(["com", "org", "1a", "a1", "c", "example", *email_validator.SPECIAL_USE_DOMAIN_NAMES]) | LABELS
)


@settings(max_examples=1_000)
@given(st.lists(LABELS, max_size=4), ENDINGS, st.booleans())
def test_a_common_domain_is_one_that_email_validator_accepts(labels: list[str], ending: str, dot: bool) -> None:  # noqa: FBT001
    domain = ".".join([*labels, ending, *([""] if dot else [])])
    try:
        wanted = bool(validate_email(f"ann@{domain}", check_deliverability=False))
    except EmailNotValidError:
        wanted = False
    assert check_email(f"ann@{domain}").ok == wanted


@pytest.mark.parametrize("name", email_validator.SPECIAL_USE_DOMAIN_NAMES)
def test_names_of_special_use_are_refused(name: str) -> None:
    assert not check_email(f"ann@example.{name}").ok


@pytest.mark.parametrize("text", ["'5a@example.org", "'ann@example.org"])
def test_a_text_mark_is_left_to_whoever_knows_the_table(text: str) -> None:
    assert quick_emails([text]) == [""]


@pytest.mark.parametrize(
    ("text", "email", "peeled"),
    [
        ("  Annie@Example.COM ", "annie@example.com", ()),
        ("mailto:annie@example.com?subject=x", "annie@example.com", (EmailCleaning.WRAPPING,)),
        ("Annie Dot <annie@example.com>", "annie@example.com", (EmailCleaning.WRAPPING,)),
        ('"Dot, Annie" <annie@example.com>', "annie@example.com", (EmailCleaning.WRAPPING,)),
        ("annie@example.com; bob@example.com", "annie@example.com", (EmailCleaning.OTHERS,)),
        ("annie@example.com,", "annie@example.com", ()),
        ("o'neil+gift@example.com", "o'neil+gift@example.com", ()),
        ("josé@example.com", "josé@example.com", ()),
    ],
)
def test_addresses_are_peeled_and_cleaned(text: str, email: str, peeled: tuple[EmailCleaning, ...]) -> None:
    verdict = check_email(text)
    assert (verdict.ok, verdict.email, verdict.peeled) == (True, email, peeled)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("ann@gmial.com", "ann@gmail.com"),
        ("ann@gmail.co", "ann@gmail.com"),
        ("ann@hotmal.com", "ann@hotmail.com"),
        ("ann@yahoo.con", "ann@yahoo.com"),
        ("ann@sample.con", "ann@sample.com"),
        ("ann@mail.com", ""),
        ("ann@ymail.com", ""),
        ("ann@example.com", ""),
        ("ann@yahoo.co.uk", ""),
    ],
)
def test_mistyped_domains_are_offered(text: str, suggestion: str) -> None:
    verdict = check_email(text)
    assert (verdict.ok, verdict.email, verdict.suggestion) == (True, text, suggestion)
    assert quick_emails([text])[0] == ("" if suggestion else text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("annie@example", ""),
        ("annie@example,org", "annie@example.org"),
        ("annie@example;org", "annie@example.org"),
        ("annie,dot@example.org", ""),
        ("annie @ example . org", "annie@example.org"),
        ("annie@@example.org", "annie@example.org"),
        ("annie@gmailcom", "annie@gmail.com"),
        ("annie@gmial,com", "annie@gmail.com"),
        ("annie@-sample.con", ""),
        ("annie.example.com", ""),
        ("annie\uff20example.com", "annie@example.com"),
        ("annie (at) example.com", "annie@example.com"),
        ("annie @example.com", "annie@example.com"),
        ("annie@example.com.", "annie@example.com"),
        ("annie@example..com", "annie@example.com"),
        ("annie@localhost", ""),
        ("@example.com", ""),
        ("", ""),
    ],
)
def test_broken_addresses_are_not_mended_unasked(text: str, suggestion: str) -> None:
    verdict = check_email(text)
    assert (verdict.ok, verdict.suggestion) == (False, suggestion)


def test_a_comma_in_an_address_is_shown_as_it_was_typed() -> None:
    verdict = check_email("annie@example,org")
    assert (verdict.email, verdict.peeled) == ("annie@example,org", ())


def test_several_addresses_are_no_typing_error() -> None:
    verdict = check_email("annie@example, bea@example.org")
    assert (verdict.ok, verdict.suggestion) == (False, "")
    assert verdict.peeled == (EmailCleaning.OTHERS,)


@given(st.text("0123456789()-. +x1", max_size=14))
def test_the_fast_way_to_a_phone_is_the_models(text: str) -> None:
    quick = quick_phone(text)
    if quick:
        assert quick == clean_phone(text).text
        assert clean_phone(text).trouble is None


@pytest.mark.parametrize("part", ["a", "<a@", "(at", "a@a,", "a@example.org ", " ."])
def test_a_cell_that_swallowed_the_rest_of_its_file_is_soon_known_to_be_no_address(part: str) -> None:
    """A quote left open makes one cell of a million characters; to look at each from each other one takes an hour."""
    swallowed = part * (1_000_000 // len(part))
    checked = check_email(swallowed)
    assert (checked.ok, checked.suggestion) == (False, "")
    assert len(checked.email) > 900_000, "what was typed is kept for the person who fixes it"
