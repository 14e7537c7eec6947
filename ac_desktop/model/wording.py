"""Texts for people: one door through which each of them is translated and filled in."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final

_spoken: list[Mapping[str, str]] = [{}]


def use_translations(translations: Mapping[str, str]) -> None:
    """Let each English template be told by its translation, in the language of the person at the computer."""
    _spoken[0] = translations


def current_translations() -> Mapping[str, str]:
    """Give what is spoken through, for a process beside this one; empty for English."""
    return _spoken[0]


def tr(template: str, /, **values: object) -> str:
    """Give the translated template with its `{placeholders}` filled in."""
    text = _spoken[0].get(template, template)
    return text.format(**values) if values else text


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def readable_date(iso: str) -> str:
    """Give an ISO date as people read it: 2 Aug 2026."""
    day = date.fromisoformat(iso)
    return tr("{day} {month} {year}", day=day.day, month=tr(_MONTHS[day.month - 1]), year=day.year)


def source_name(kind: str, file_name: str) -> str:
    """Return what people call the place that donors came from: what was typed in or pasted has no file."""
    names = {"typed": tr("Typed in"), "paste": tr("Pasted text")}
    return names.get(kind, file_name)


def escape_control_characters(text: str) -> str:
    """Show the signs that steer a terminal or turn the direction of text as what they are not; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if sign == "\n" or not _steers(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"}
