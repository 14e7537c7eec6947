"""Texts for people: the functions through which each of them is translated and filled in, by gettext."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from typing import Final

FormatCount = Callable[[int], str]
"""Writes a number as the language does: 1,234 or 1.234."""


@dataclass
class _InUse:
    translations: NullTranslations
    format_count: FormatCount


def _plain_count(count: int) -> str:
    return f"{count:,}"


_in_use: Final = _InUse(NullTranslations(), _plain_count)


def use_translations(translations: NullTranslations, format_count: FormatCount = _plain_count) -> None:
    """Translate every text from now on; `NullTranslations()` is English, which is in the sources."""
    _in_use.translations = translations
    _in_use.format_count = format_count


def language_in_use() -> str:
    """Return the code of the language in use, for another process to use as well."""
    return _in_use.translations.info().get("language", "en")


def tr(text: str, /, **values: object) -> str:
    """Return the translation of a text, its `{placeholders}` filled in."""
    translated = _in_use.translations.gettext(text) if text else ""
    return translated.format(**values) if values else translated


def ntr(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a text that fits a count, which fills `{count}` in."""
    translated = _in_use.translations.ngettext(one, many, count)
    return translated.format(count=_in_use.format_count(count), **values)


def translatable(text: str) -> str:
    """Return a text as it is: it is translated where it is used, and found here by the extraction."""
    return text


_MONTHS: Final = (
    translatable("Jan"),
    translatable("Feb"),
    translatable("Mar"),
    translatable("Apr"),
    translatable("May"),
    translatable("Jun"),
    translatable("Jul"),
    translatable("Aug"),
    translatable("Sep"),
    translatable("Oct"),
    translatable("Nov"),
    translatable("Dec"),
)


def readable_date(iso: str) -> str:
    """Return an ISO date as people read it: 2 Aug 2026."""
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
