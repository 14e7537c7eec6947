"""Texts for people: one door through which each of them is translated and filled in."""

from collections.abc import Callable
from datetime import date
from typing import Final

Translate = Callable[[str], str]

_translate: list[Translate] = [str]


def speak_through(translate: Translate) -> None:
    """Let `translate` turn each English template into the language of the person at the computer."""
    _translate[0] = translate


def tr(template: str, /, **values: object) -> str:
    """Give the translated template with its `{placeholders}` filled in."""
    text = _translate[0](template)
    return text.format(**values) if values else text


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def readable_date(iso: str) -> str:
    """Give an ISO date as people read it: 2 Aug 2026."""
    day = date.fromisoformat(iso)
    return tr("{day} {month} {year}", day=day.day, month=tr(_MONTHS[day.month - 1]), year=day.year)
