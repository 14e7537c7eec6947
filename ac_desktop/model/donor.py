"""A donor, and how the values of one are cleaned (rules 9 and 10)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Donor:
    """What is known of one donor; `""` means that it was not given."""

    email: str
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    page: str = ""
    page_name: str = ""
    team: str = ""
    source: str = ""


class PhoneStyle(StrEnum):
    """How a connection wants phone numbers: as the integration page shows them, `+` and country, or untouched."""

    DIGITS = "digits"
    E164 = "e164"
    AS_TYPED = "as typed"


class PhoneProblem(StrEnum):
    """What is odd about a phone number."""

    DAMAGED = "damaged"
    LENGTH = "length"
    NO_DIGITS = "no digits"


@dataclass(frozen=True, slots=True)
class Phone:
    """A cleaned phone number (`""` where it is left out) and what is odd about it."""

    text: str
    trouble: PhoneProblem | None = None


US_LENGTH: Final = 10
SHORTEST_PHONE: Final = 7
LONGEST_PHONE: Final = 15

_SCIENTIFIC = re.compile(r"^\W*\d{1,3}(?:[.,]\d*)?E[+-]?\d{1,3}\W*$", re.IGNORECASE)
_POINT_ZERO = re.compile(r"^(\+?\d+)\.0+$")
_EXTENSION = re.compile(r"^(?P<number>.*?\d.*?)\s*(?:ext\.?|extension|x|#)\s*(?P<extension>[0-9]{1,6})$", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"[^0-9]")
_HALF_SIGNS: Final = range(0xD800, 0xE000)
"""Surrogates: alone they are no text, and neither the database nor the wire takes them."""
_DIRECTIONS: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Signs that turn the direction of what stands after them: in a name they can only mislead."""
_BLANKS: Final = frozenset({*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85})
_STEERING: Final = [sign for sign in (*range(0x20), *range(0x7F, 0xA0)) if sign not in _BLANKS]
"""Control signs: they mean nothing in a text, and something to a terminal."""
_INVISIBLE = dict.fromkeys([
    0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, *_DIRECTIONS, *_STEERING, *_HALF_SIGNS,
])  # fmt: skip
_SPACE = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Trim a cell: no invisible characters, every run of white space one blank."""
    if text.isascii() and text.isalnum():
        return text
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def clean_email(text: str) -> str:
    """Trim and lower-case an address, as ActiveCampaign compares it without case."""
    return clean_text(text).lower()


def clean_phone(text: str, style: PhoneStyle = PhoneStyle.DIGITS) -> Phone:
    """Clean a phone number as the connection's style wants it; a damaged one is left out."""
    typed = clean_text(unicodedata.normalize("NFKC", text) if not text.isascii() else text)
    if not typed:
        return Phone("")
    if _SCIENTIFIC.match(typed):
        return Phone("", PhoneProblem.DAMAGED)
    if style is PhoneStyle.AS_TYPED:
        return Phone(typed)
    if whole := _POINT_ZERO.match(typed):
        typed = whole[1]
    extension = ""
    if parts := _EXTENSION.match(typed):
        typed, extension = parts["number"], f" x{parts['extension']}"
    digits = _NOT_DIGIT.sub("", typed)
    if not digits:
        return Phone("", PhoneProblem.NO_DIGITS)
    trouble = None if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE else PhoneProblem.LENGTH
    if style is PhoneStyle.E164 and (international := _to_e164(typed)):
        return Phone(international + extension, trouble)
    if typed.startswith("+"):
        return Phone(f"+{digits}{extension}", trouble)
    if len(digits) == US_LENGTH + 1 and digits.startswith("1"):
        digits = digits[1:]
    return Phone(digits + extension, trouble)


def _to_e164(typed: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
