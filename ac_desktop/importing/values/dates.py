"""Dates of donations, for one purpose: to find the newest of a donor's rows."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

_SLASHED = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ ,T]+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp])?\.?[Mm]?\.?.*)?"
)
_MONTHS = 12
_HALF_DAY = 12
_TO_SECONDS, _TO_MINUTES, _TO_DAYS = 19, 16, 10
_SEPARATORS = slice(4, 17, 3)
_USUAL = "-- ::"
"""The separators of `2026-04-09 20:57:08`."""
_CACHE_SIZE = 65_536


class DateOrder(StrEnum):
    """The order of days and months in dates with slashes."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


def parse_moment(text: str, order: DateOrder = DateOrder.UNKNOWN) -> datetime | None:
    """Parse a date with or without a time, in the local time of the place it was written at.

    An offset is ignored, so that a donation of the evening stays on its day. None where the date cannot be read.
    """
    if text[4:5] == "-" and text[7:8] == "-":
        for length in (_TO_SECONDS, _TO_MINUTES, _TO_DAYS):
            try:
                when = datetime.fromisoformat(text[:length])
            except ValueError:
                continue
            return when if when.tzinfo is None else when.replace(tzinfo=None)
        return None
    return _slashed(text.strip(), order) if text else None


def _slashed(text: str, order: DateOrder) -> datetime | None:
    found = _SLASHED.fullmatch(text)
    if found is None:
        return parse_moment(text.replace("/", "-")) if re.match(r"\d{4}/\d\d/\d\d", text) else None
    first, second = int(found[1]), int(found[3])
    if found[2] == "." or order is DateOrder.DAY_FIRST:
        day, month = first, second
    elif order is DateOrder.MONTH_FIRST:
        day, month = second, first
    else:
        return None
    hour, minute, seconds = int(found[5] or 0), int(found[6] or 0), int(found[7] or 0)
    if half := (found[8] or "").lower():
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    try:
        return datetime(int(found[4]), month, day, hour, minute, seconds)  # noqa: DTZ001
    except ValueError:
        return None


def dated(text: str, order: DateOrder) -> tuple[datetime | None, str]:
    """Return a date and its text, as in the file where that is ISO; None and `""` where it cannot be read."""
    when = parse_moment(text, order) if text else None
    if when is None:
        return None, ""
    if text[4:5] == "-":
        if len(text) == _TO_DAYS:
            return when, text
        if text[_TO_MINUTES : _TO_MINUTES + 1] == ":":
            return when, text[:_TO_SECONDS].replace("T", " ")
    return when, when.isoformat(" ")


class DatesReader:
    """Parses columns of dates, each as `dated` would: those of the usual form together, others one by one, cached."""

    def __init__(self, order: DateOrder) -> None:
        self._order = order
        self._others: dict[str, tuple[datetime | None, str]] = {}

    def read(self, texts: Sequence[str]) -> tuple[list[datetime | None], list[str]]:
        """Return the dates of a column and their texts."""
        if found := _stamps(texts):
            return [*found[0]], found[1]
        others = self._others
        if len(others) > _CACHE_SIZE:
            others.clear()
        distinct = {*texts}
        usual = [text for text in distinct if text[_SEPARATORS] == _USUAL]
        together = _stamps(usual)
        parsed = dict(zip(usual, zip(*together, strict=True), strict=True)) if together else {}
        for text in distinct.difference(parsed, others):
            others[text] = dated(text, self._order)
        pairs = [parsed.get(text) or others[text] for text in texts]
        return [when for when, _ in pairs], [date_text for _, date_text in pairs]


def _stamps(texts: Sequence[str]) -> tuple[list[datetime], list[str]] | None:
    """Parse a whole column of times written `2026-04-09 20:57:08`, as `dated` would; None where one is not."""
    try:
        if {text[_SEPARATORS] for text in texts} != {_USUAL}:
            return None
        date_texts = [text[:_TO_SECONDS] for text in texts]
        return list(map(datetime.fromisoformat, date_texts)), date_texts
    except ValueError:
        return None


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """Return which order the slashed dates of a column have, None where there are none.

    Only a number above twelve proves an order; without one, or with both orders proved, it is unknown.
    """
    slashed = [found for text in texts if (found := _SLASHED.fullmatch(text.strip())) and found[2] != "."]
    if not slashed:
        return None
    day_first = any(int(found[1]) > _MONTHS for found in slashed)
    month_first = any(int(found[3]) > _MONTHS for found in slashed)
    if day_first == month_first:
        return DateOrder.UNKNOWN
    return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
