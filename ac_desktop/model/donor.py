"""Donors, and the normalisation of their values (rules 9 and 10)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Donor:
    """One donor; `""` means that a value is not known."""

    email: str
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    page: str = ""
    page_name: str = ""
    team: str = ""
    source: str = ""


class PhoneStyle(StrEnum):
    """The format of phone numbers: digits as the integration page shows them, `+` and country, or as typed."""

    DIGITS = "digits"
    E164 = "e164"
    AS_TYPED = "as typed"


class PhoneProblem(StrEnum):
    """A problem with a phone number."""

    DAMAGED = "damaged"
    LENGTH = "length"
    NO_DIGITS = "no digits"


@dataclass(frozen=True, slots=True)
class Phone:
    """A cleaned phone number (`""` where it is left out) and the problem with it, if any."""

    text: str
    trouble: PhoneProblem | None = None


US_LENGTH: Final = 10
SHORTEST_PHONE: Final = 7
LONGEST_PHONE: Final = 15

_SCIENTIFIC = re.compile(r"^\W*\d{1,3}(?:[.,]\d*)?E[+-]?\d{1,3}\W*$", re.IGNORECASE)
_POINT_ZERO = re.compile(r"^(\+?\d+)\.0+$")
_DIGIT = re.compile(r"\d")
_EXTENSION = re.compile(r"\s*(?:ext\.?|extension|x|#)\s*([0-9]{1,6})$", re.IGNORECASE)
"""Looked for after the first digit; what looks for the number too takes a minute for a cell of 40,000 digits."""
_NOT_DIGIT = re.compile(r"[^0-9]")
_SURROGATES: Final = range(0xD800, 0xE000)
"""Lone surrogates: neither the database nor JSON over HTTP can carry them."""
_DIRECTION_CHARACTERS: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that change the direction of the text after them: in a name they can only mislead."""
_WHITE_SPACE: Final = frozenset({*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85})
_CONTROL_CHARACTERS: Final = [point for point in (*range(0x20), *range(0x7F, 0xA0)) if point not in _WHITE_SPACE]
"""Control characters: without meaning in a name, but interpreted by a terminal."""
_INVISIBLE = dict.fromkeys([
    0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, *_DIRECTION_CHARACTERS, *_CONTROL_CHARACTERS, *_SURROGATES,
])  # fmt: skip
_SPACE = re.compile(r"\s+")
_UNCLEAN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
    r"|\s\s|[^\S ]"
)
"""What cannot stay in a text that has no white space around it: the characters in `_INVISIBLE`, and other spaces."""


def clean_text(text: str) -> str:
    """Return a cell's text trimmed, without invisible characters, each run of white space as one space."""
    if text.isascii() and text.isalnum():
        return text
    text = text.strip()
    return text if _UNCLEAN.search(text) is None else _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def clean_email(text: str) -> str:
    """Return an e-mail address trimmed and in lower case; ActiveCampaign compares without case."""
    return clean_text(text).lower()


def clean_phone(text: str, style: PhoneStyle = PhoneStyle.DIGITS) -> Phone:
    """Return a phone number in the connection's style; a damaged one is left out."""
    typed = clean_text(unicodedata.normalize("NFKC", text) if not text.isascii() else text)
    if not typed:
        return Phone("")
    if _SCIENTIFIC.match(typed):
        return Phone("", PhoneProblem.DAMAGED)
    if style is PhoneStyle.AS_TYPED:
        return Phone(typed)
    if whole := _POINT_ZERO.match(typed):
        typed = whole[1]
    typed, extension = _parted(typed)
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


def _parted(typed: str) -> tuple[str, str]:
    """Return the number before an extension, and the extension as we write it; `""` where there is none."""
    first = _DIGIT.search(typed)
    found = _EXTENSION.search(typed, first.end()) if first else None
    return (typed[: found.start()], f" x{found[1]}") if found else (typed, "")


def _to_e164(typed: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
