"""Texts for people: translation by gettext, and formatting of names, dates, counts and durations (in seconds)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from pathlib import PurePath
from typing import Final

_LONG: Final = "\\\\?\\"
_LONG_SHARE: Final = "\\\\?\\UNC\\"
"""How long paths begin, of a drive and of a share."""

FormatCount = Callable[[int], str]
"""Formats a number in the language: 1,234 or 1.234."""


@dataclass
class _InUse:
    translations: NullTranslations
    format_count: FormatCount


def _plain_count(count: int) -> str:
    return f"{count:,}"


_in_use: Final = _InUse(NullTranslations(), _plain_count)


def use_translations(translations: NullTranslations, format_count: FormatCount = _plain_count) -> None:
    """Use these translations from now on; `NullTranslations()` is English, the language of the sources."""
    _in_use.translations = translations
    _in_use.format_count = format_count


def language_in_use() -> str:
    """Return the code of the language in use, to pass to another process."""
    return _in_use.translations.info().get("language", "en")


def tr(text: str, /, **values: object) -> str:
    """Return the translation of a text, its `{placeholders}` filled in."""
    translated = _in_use.translations.gettext(text) if text else ""
    return translated.format(**_shown(values)) if values else translated


def ntr(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the translated plural form for a count, with `{count}` filled in."""
    translated = _in_use.translations.ngettext(one, many, count)
    return translated.format(count=_in_use.format_count(count), **_shown(values))


def _shown(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values with each path as people know it: without what makes Windows take a long one."""
    return {name: _as_known(value) if isinstance(value, PurePath) else value for name, value in values.items()}


def _as_known(path: PurePath) -> str:
    if str(path).startswith(_LONG_SHARE):
        return f"\\\\{str(path).removeprefix(_LONG_SHARE)}"
    return str(path).removeprefix(_LONG)


def translatable(text: str) -> str:
    """Return a text unchanged: it marks the text for extraction and is translated where it is used."""
    return text


_FETCHED_DAYS: Final = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
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
    """Return an ISO date as people read it: Aug 2, 2026."""
    day = date.fromisoformat(iso)
    return tr("{month} {day}, {year}", day=day.day, month=tr(_MONTHS[day.month - 1]), year=day.year)


def quoted(text: str) -> str:
    """Return a text in the quotation marks of the language."""
    return tr("“{text}”", text=text)


def profile_label(label: str) -> str:
    """Return the translated name of an export profile; a person's own profile has none."""
    return tr(label)


def source_name(kind: str, file_name: str) -> str:
    """Return the name of a batch's source; those without a file have days, or none."""
    if kind == "fetch":
        return _fetched_name(*file_name.partition("/")[::2])
    if kind == "webhook":
        return tr("Webhooks, {day}", day=file_name)
    names = {"typed": tr("Typed in"), "paste": tr("Pasted text")}
    return names.get(kind, file_name)


def source_of(file_name: str) -> str:
    """Return the name of a source of which only the file name is known: "" for pasted rows, days for fetched ones."""
    if _FETCHED_DAYS.fullmatch(file_name):
        return source_name("fetch", file_name)
    return source_name("file" if file_name else "paste", file_name)


def _fetched_name(from_day: str, to_day: str) -> str:
    if not to_day:
        return tr("Anedot")
    if from_day == to_day:
        return tr("Anedot, {day}", day=readable_date(from_day))
    return tr("Anedot, {from_day} to {to_day}", from_day=readable_date(from_day), to_day=readable_date(to_day))


def escape_control_characters(text: str) -> str:
    """Return a text with U+FFFD in place of control, format and private-use characters; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if character == "\n" or not _is_control(character) else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}


_MINUTE: Final = 60
_HOUR: Final = 3600
_TENS_FROM, _MINUTES_FROM = 60, 600


def countdown(seconds: float) -> str:
    """Return minutes and seconds, as 0:27."""
    whole = max(0, round(seconds))
    return f"{whole // _MINUTE}:{whole % _MINUTE:02d}"


def span(seconds: float) -> str:
    """Return a duration in its two largest units."""
    whole = max(0, round(seconds))
    if whole >= _HOUR:
        return tr("{hours} h {minutes} min", hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)
    if whole >= _MINUTE:
        return tr("{minutes} min {seconds} s", minutes=whole // _MINUTE, seconds=whole % _MINUTE)
    return tr("{seconds} s", seconds=whole)


def about(seconds: float) -> str:
    """Return an estimated duration as a rounded text: 45 s, 2 min 50 s, 25 min, 11 h."""
    if seconds < _TENS_FROM:
        return tr("about {seconds} s", seconds=max(5, 5 * round(seconds / 5)))
    if seconds < _MINUTES_FROM:
        minutes, rest = divmod(10 * round(seconds / 10), _MINUTE)
        return tr("about {minutes} min {seconds} s", minutes=minutes, seconds=rest) if rest else _minutes(minutes)
    if seconds < _HOUR:
        return _minutes(round(seconds / _MINUTE))
    if seconds < 10 * _HOUR:
        hours, minutes = divmod(10 * round(seconds / _MINUTE / 10), _MINUTE)
        return tr("about {hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else _hours(hours)
    return _hours(round(seconds / _HOUR))


def _minutes(minutes: int) -> str:
    return tr("about {minutes} min", minutes=minutes)


def _hours(hours: int) -> str:
    return tr("about {hours} h", hours=hours)
