"""The columns of a report that is imported again, and what was corrected in its rows, not changed by a spreadsheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Final

from ac_desktop.importing.corrections.edits import FIELDS
from ac_desktop.importing.profiles.columns import RELAYED, Field, distinct, named, normalised
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.profiles.report_columns import OldReportColumn, ReportColumn, is_own_column, unescaped
from ac_desktop.model.donor import clean_text
from ac_desktop.model.wording import escape_control_characters

_NUMBER = re.compile(r"([+-]?)(\d{1,400})(?:[.,](\d{0,400}))?(?:[Ee]([+-]?\d{1,4}))?")
_LIKE_A_DATE = re.compile(
    r"[A-Za-z]{3,10}[-/. ][0-9]{1,4}|[0-9]{1,2}[-/. ][A-Za-z]{3,10}(?:[-/. ][0-9]{2,4})?"
    r"|[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?"
)
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_NO_MONTH: Final = -1
_LONGEST_DATE: Final = 20
_MOST_DATE_PARTS: Final = 3
_MONTHS: Final = {
    name: number
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "ene feb mar abr may jun jul ago sep oct nov dic")
    for number, name in enumerate(names.split(), 1)
}
_MOST_DIGITS: Final = 15
"""The digits of a number that a spreadsheet keeps."""
_NEAR: Final = 1e-14
_OLD_ENCODINGS: Final = ("ascii", "cp437", "cp850", "mac_roman", "latin-1")
_LOGICAL: Final = frozenset({"true", "false"})


def is_same(cell: str, kept: str) -> bool:
    """Whether a cell still holds the kept value, though a spreadsheet may have changed how it is written.

    White space around it, an apostrophe before it, lost leading zeros and plus signs, long numbers in E-notation, and
    letters damaged by another encoding make no other value.
    """
    was = clean_text(kept)
    for text in (clean_text(cell), clean_text(unescaped([cell])[0])):
        if text == was or text == clean_text(escape_control_characters(kept)):
            return True
        if text.casefold() == was.casefold() and was.casefold() in _LOGICAL:
            return True
        if _same_number(text, was) or _same_date(text, was) or _reencoded(text, was):
            return True
    return False


def _same_number(text: str, was: str) -> bool:
    """Whether both are the same number, to as many digits as the cell shows."""
    kept, shown = _NUMBER.fullmatch(was), _NUMBER.fullmatch(text)
    if kept is None or shown is None or (kept[1] == "-") != (shown[1] == "-"):
        return False
    if _exact(kept) == _exact(shown):
        return True
    if len(_exact(kept)[0]) > _MOST_DIGITS and isclose(float(_plain(kept)), float(_plain(shown)), rel_tol=_NEAR):
        return True
    places = len((shown[2] + (shown[3] or "")).lstrip("0"))
    return shown[4] is not None and _rounded(kept, places) == _rounded(shown, places)


def _plain(number: "re.Match[str]") -> str:
    return f"{number[2]}.{number[3] or 0}e{number[4] or 0}"


def _exact(number: "re.Match[str]") -> tuple[str, int]:
    """Return a number as its digits, without leading and trailing zeros, and their power of ten."""
    fraction = number[3] or ""
    digits = (number[2] + fraction).lstrip("0")
    power = int(number[4] or 0) - len(fraction)
    bare = digits.rstrip("0")
    return bare, power + len(digits) - len(bare) if bare else 0


def _rounded(number: "re.Match[str]", places: int) -> tuple[str, int]:
    """Return a number rounded to this number of digits, as E-notation shows it."""
    digits, power = _exact(number)
    if len(digits) <= places or places < 1:
        return digits, power
    cut = str(int(digits[:places]) + (digits[places] >= "5"))
    bare = cut.rstrip("0")
    return bare, power + len(digits) - places + len(cut) - len(bare)


def _same_date(text: str, was: str) -> bool:
    """Whether the cell is the date that a spreadsheet reads the kept text as, such as May-26 for may-2026."""
    if len(text) > _LONGEST_DATE or not _LIKE_A_DATE.fullmatch(was):
        return False
    kept, shown = _date_parts(was), _date_parts(text)
    return _NO_MONTH not in kept and kept <= shown and len(shown) <= _MOST_DATE_PARTS


def _date_parts(text: str) -> frozenset[int]:
    """Return the numbers of a date: months by name as numbers, years without the century."""
    words = _WORD.findall(text.removesuffix(" 00:00:00").casefold())
    return frozenset(int(word) % 100 if word.isdecimal() else _MONTHS.get(word[:3], _NO_MONTH) for word in words)


def _reencoded(text: str, was: str) -> bool:
    """Whether the cell is the kept text damaged by another encoding."""
    if was.isascii():
        return False
    made = {was.encode(name, "replace").decode(name) for name in ("cp1252", *_OLD_ENCODINGS)}
    made |= {was.encode("utf-8").decode(name, "replace") for name in ("cp1252", *_OLD_ENCODINGS)}
    made |= {was.encode(name, "replace").decode("cp1252", "replace") for name in _OLD_ENCODINGS}
    return clean_text(text) in {clean_text(one) for one in made}


_COLUMNS: Final = dict(
    zip(
        FIELDS,
        (ReportColumn.EMAIL, ReportColumn.FIRST_NAME, ReportColumn.LAST_NAME, ReportColumn.PHONE, ReportColumn.PAGE),
        strict=True,
    )
)
_OLD_COLUMNS: Final = dict(
    zip(
        FIELDS,
        (
            OldReportColumn.EMAIL,
            OldReportColumn.FIRST_NAME,
            OldReportColumn.LAST_NAME,
            OldReportColumn.PHONE,
            OldReportColumn.PAGE,
        ),
        strict=True,
    )
)
_DONOR_FIELDS: Final = (*RELAYED, Field.PAGE, Field.PAGE_NAME)
_DONOR_ATTRIBUTES: Final = {
    Field.EMAIL: "email",
    Field.FIRST_NAME: "first_name",
    Field.LAST_NAME: "last_name",
    Field.PHONE: "phone",
    Field.PAGE: "page",
}


@dataclass(frozen=True, slots=True)
class SourceRowKey:
    """The file, sheet and row that a row of an older report came from."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class ReportColumns:
    """The columns of a report: the mark, where each row came from, and what may be corrected.

    `originals` are the columns of older reports that showed the file's own columns beside the report's.
    """

    mark: int | None
    place: tuple[int | None, int | None, int | None]
    corrected: Mapping[str, int]
    originals: Mapping[str, tuple[int, str]]

    @classmethod
    def of(cls, header: Sequence[str]) -> "ReportColumns":
        """Find the columns by their headings, in whatever order they are."""
        at: dict[str, int] = {}
        for number, heading in enumerate(header):
            at.setdefault(normalised(heading), number)
        mark = at.get(normalised(ReportColumn.MARK))
        names: Mapping[str, str] = _COLUMNS if mark is not None else _OLD_COLUMNS
        corrected = {field: at[normalised(name)] for field, name in names.items() if normalised(name) in at}
        originals: dict[str, tuple[int, str]] = {}
        if mark is None:
            known = donor_headings()
            for number, heading in enumerate(distinct(named(header))):
                field = _DONOR_ATTRIBUTES.get(known.get(normalised(heading), Field.KIND))
                if field is not None and not (is_own_column(heading) and heading.startswith("Relay ")):
                    originals.setdefault(field, (number, heading))
        place = (
            at.get(normalised(ReportColumn.FILE)),
            at.get(normalised(ReportColumn.SHEET)),
            at.get(normalised(ReportColumn.ROW)),
        )
        return cls(mark, place, corrected, originals)

    def source_row_key(self, cells: Sequence[str]) -> SourceRowKey | None:
        """Return the source row of a row; None where it names none."""
        file, sheet, row = (_cell(cells, at).strip() for at in self.place)
        try:
            return SourceRowKey(file, sheet, int(float(row))) if file else None
        except (ValueError, OverflowError):
            return None

    def changes(
        self, cells: Sequence[str], kept: Mapping[str, str], original: Mapping[str, str]
    ) -> Mapping[str, str] | None:
        """Return the fields that a row corrects; None where two of its columns correct one field differently.

        `kept` is the donor as the report showed it, `original` the row of its file under its headings.
        """
        changed = {
            field: cell for field, at in self.corrected.items() if not is_same(cell := _cell(cells, at), kept[field])
        }
        for field, (at, heading) in self.originals.items():
            cell = _cell(cells, at)
            if heading not in original or is_same(cell, original[heading]) or is_same(cell, kept[field]):
                continue
            if not is_same(cell, changed.setdefault(field, cell)):
                return None
        return changed


def donor_headings() -> Mapping[str, Field]:
    """Return the headings under which files name what the columns of a report correct, each with its field."""
    return {
        heading: field
        for profile in reversed(load_profiles())
        for field in _DONOR_FIELDS
        for heading in profile.columns.get(field, ())
    }


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
