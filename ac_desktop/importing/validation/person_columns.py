"""Cleans the columns about donors themselves, many rows at once: e-mail addresses, phone numbers and names.

A cell is looked at once, the cheapest way first. Only rows that get a warning or a reason, or that may, are left to
`RowValidator.row`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.validation.row_validator import RowValidator, is_odd_name, split_whole_name
from ac_desktop.importing.values.cells import clean_cell, without_placeholder
from ac_desktop.importing.values.email_address import quick_emails
from ac_desktop.model.donor import LONGEST_PHONE, SHORTEST_PHONE, US_LENGTH, PhoneStyle, clean_phone

_PUNCTUATION: Final = str.maketrans(
    "", "", "() .-/\u00a0\u2010\u2011\u2013\u2014\u200b\u200e\u200f\u202a\u202c\u202d\u3000\uff08\uff09\uff0d"
)
"""Characters between the digits of a phone number that never change what is kept of it."""
_CACHE_SIZE: Final = 65_536
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """The cleaned columns of a batch; the values of odd rows do not count."""

    emails: list[str]
    phones: list[str]
    first_names: list[str]
    last_names: list[str]


class PersonColumns:
    """Cleans the columns of one table for one connection."""

    def __init__(self, validator: RowValidator) -> None:
        self._validator = validator
        columns = validator.columns
        self._email = columns[Field.EMAIL]
        self._phone = columns.get(Field.PHONE)
        self._first = columns.get(Field.FIRST_NAME)
        self._last = columns.get(Field.LAST_NAME)
        self._whole = columns.get(Field.NAME)
        self._names: dict[str, str | None] = {"": ""}
        self._whole_names: dict[str, _Name | None] = {}

    def read(self, lines: Sequence[Sequence[str]], short: set[int], odd: set[int]) -> People:
        """Return the columns of some rows, each as wide as the header, and add those left to `RowValidator` to `odd`.

        `short` rows lack their last cells in the file.
        """
        emails = self._emails(lines, short, odd)
        first_names, last_names = (
            self._column_of_names(self._first, lines, odd),
            self._column_of_names(self._last, lines, odd),
        )
        self._add_whole_names(lines, first_names, last_names, odd)
        odd.update(place for place in short if is_odd_name(first_names[place]) or is_odd_name(last_names[place]))
        return People(emails, self._phones(lines, odd), first_names, last_names)

    def _emails(self, lines: Sequence[Sequence[str]], short: set[int], odd: set[int]) -> list[str]:
        validator, at = self._validator, self._email
        cells = list(map(validator.email_cell, lines)) if validator.emails else [line[at] for line in lines]
        emails = quick_emails(cells)
        doubtful = [place for place, email in enumerate(emails) if not email]
        odd.update(place for place in short.intersection(doubtful) if cells[place][:1] == "'")
        cleaned = quick_emails([validator.cleaned(cells[place]) for place in doubtful])
        for place, email in zip(doubtful, cleaned, strict=True):
            emails[place] = email
            if not email:
                odd.add(place)
        return emails

    def _phones(self, lines: Sequence[Sequence[str]], odd: set[int]) -> list[str]:
        at, style = self._phone, self._validator.phone_style
        if at is None:
            return [""] * len(lines)
        phones = [line[at] for line in lines]
        quick = style is PhoneStyle.DIGITS
        for place, cell in enumerate(phones):
            if cell and not (quick and len(cell) == US_LENGTH and cell.isascii() and cell.isdigit()):
                phone = quick_phone(cell) if quick else ""
                if not phone:
                    cleaned = clean_phone(without_placeholder(clean_cell(cell, marked=True)), style)
                    phone = cleaned.text
                    if cleaned.trouble is not None:
                        odd.add(place)
                phones[place] = phone
        return phones

    def _column_of_names(self, at: int | None, lines: Sequence[Sequence[str]], odd: set[int]) -> list[str]:
        """Return a column of names, cleaned and cached, as most occur often. A name that may be an address is odd."""
        if at is None:
            return [""] * len(lines)
        cells = [line[at] for line in lines]
        names = self._names
        if len(names) > _CACHE_SIZE:
            names.clear()
        for cell in {*cells}.difference(names):
            text = self._validator.cleaned(cell)
            names[cell] = None if "@" in text else text
        found = list(map(names.__getitem__, cells))
        odd.update(place for place, name in enumerate(found) if name is None)
        return [name or "" for name in found]

    def _add_whole_names(
        self, lines: Sequence[Sequence[str]], first_names: list[str], last_names: list[str], odd: set[int]
    ) -> None:
        """Split the whole names of rows that have no others."""
        if self._whole is None:
            return
        whole_names = self._whole_names
        if len(whole_names) > _CACHE_SIZE:
            whole_names.clear()
        for place, line in enumerate(lines):
            cell = line[self._whole]
            if not cell or any(at is not None and line[at] for at in (self._first, self._last)):
                continue
            if cell not in whole_names:
                whole_names[cell] = self._split(cell)
            found = whole_names[cell]
            if found is None:
                odd.add(place)
            else:
                first_names[place], last_names[place] = found

    def _split(self, cell: str) -> _Name | None:
        cleaned = self._validator.cleaned
        first, last = map(cleaned, split_whole_name(cleaned(cell)))
        return None if "@" in first or "@" in last else (first, last)


def quick_phone(cell: str) -> str:
    """Return a phone number that is digits and punctuation as `clean_phone` would, `""` for any other form."""
    if cell[:1] == "'":
        cell = cell[1:]
    digits = cell.translate(_PUNCTUATION)
    is_international = digits[:1] == "+"
    if is_international:
        digits = digits[1:]
        if not cell.lstrip().startswith("+"):
            return ""
    if not (digits.isdigit() and digits.isascii() and SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE):
        return ""
    if digits[-1] == "0" and cell.count(".") == 1:
        return ""
    if is_international:
        return f"+{digits}"
    return digits[1:] if len(digits) == US_LENGTH + 1 and digits[0] == "1" else digits
