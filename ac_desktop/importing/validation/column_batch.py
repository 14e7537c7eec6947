"""Validates many rows at once, column by column: one call per column instead of a dozen per row.

Unusual rows are left to `RowValidator.row`, which applies every rule; the others get the same result as if it had
validated them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final

from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.validation.row_validator import RowContext, RowValidator, ValidatedRow
from ac_desktop.importing.values.cells import clean_cell, may_hold_negative
from ac_desktop.importing.values.dates import dated, stamps
from ac_desktop.importing.values.donation_status import DonationColumn
from ac_desktop.importing.values.email_address import quick_emails
from ac_desktop.model.donor import US_LENGTH, Donor, PhoneStyle

_USUAL_PHONE = re.compile(r"1?\(?([0-9]{3})\)?[ .-]?([0-9]{3})[ .-]?([0-9]{4})")
_USUAL_INTERNATIONAL_PHONE = re.compile(r"\+[0-9]{1,3}[ .-]?\(?[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}")
_PUNCTUATION: Final = str.maketrans("", "", "() .-")
_CACHE_SIZE: Final = 65_536
_ALWAYS_ODD: Final = (Field.NAME,)
"""Fields that make a row unusual wherever they are filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnBatch:
    """Consecutive validated rows, as columns with a value per row.

    A row's state is that of its context, except for the rows in `odd`, by their index in the batch.
    """

    numbers: Sequence[int]
    cells: Sequence[Sequence[str]]
    emails: list[str]
    phones: list[str]
    first_names: list[str]
    last_names: list[str]
    contexts: list[RowContext]
    record_ids: list[str]
    donated_at: list[str]
    whens: list[datetime | None]
    source: str
    odd: Mapping[int, ValidatedRow]

    def rows(self) -> Iterator[ValidatedRow]:
        """Return the rows one by one."""
        for place, number in enumerate(self.numbers):
            yield self.odd.get(place) or self._row(place, number)

    def _row(self, place: int, number: int) -> ValidatedRow:
        context = self.contexts[place]
        donor = Donor(
            email=self.emails[place],
            phone=self.phones[place],
            first_name=self.first_names[place],
            last_name=self.last_names[place],
            page=context.page,
            page_name=context.page_name,
            team=context.team,
            source=self.source,
        )
        date_text, record_id, cells = self.donated_at[place], self.record_ids[place], tuple(self.cells[place])
        return ValidatedRow(number, donor, context.state, context.reason, (), cells, record_id, date_text)


class Columns:
    """Validates batches of one table for one connection."""

    def __init__(self, validator: RowValidator) -> None:
        self._validator = validator
        columns = validator.columns
        self._email = columns[Field.EMAIL]
        self._phone = columns.get(Field.PHONE)
        self._names_at = columns.get(Field.FIRST_NAME), columns.get(Field.LAST_NAME)
        self._date = columns.get(Field.DATE)
        self._record_id = columns.get(Field.RECORD_ID)
        self._odd_at = [columns[field] for field in _ALWAYS_ODD if field in columns]
        fixed = (*validator.page_columns, *validator.rule_columns)
        self._context_at = tuple(dict.fromkeys(at for at in fixed if at < validator.width))
        self._without_effect: dict[int, dict[str, bool]] = {at: {} for at in validator.status_columns}
        self._lines: Sequence[Sequence[str]] = ()
        self._columns_read: dict[int, list[str]] = {}
        self._names: dict[str, str | None] = {"": ""}
        self._contexts: dict[object, RowContext] = {}
        self._dates: dict[str, tuple[datetime | None, str]] = {}

    def validate(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> ColumnBatch:
        """Validate a batch of rows."""
        width = self._validator.width
        odd = {place for place, cells in enumerate(rows) if len(cells) != width}
        lines = rows if not odd else [cells if len(cells) == width else _padded(cells, width) for cells in rows]
        self._lines, self._columns_read = lines, {}
        emails = quick_emails([cells[self._email] for cells in lines])
        odd.update(place for place, email in enumerate(emails) if not email)
        phones = self._phones(lines, odd)
        first_names, last_names = (self._name_column(at, lines, odd) for at in self._names_at)
        for at in self._odd_at:
            odd.update(place for place, cells in enumerate(lines) if cells[at])
        if self._validator.emails:
            odd.update(range(len(lines)))
        self._add_refunds(odd)
        whens, date_text = self._date_column(lines)
        batch = ColumnBatch(
            numbers=numbers,
            cells=rows,
            emails=emails,
            phones=phones,
            first_names=first_names,
            last_names=last_names,
            contexts=self._context_column(lines),
            record_ids=self._id_column(lines),
            donated_at=date_text,
            whens=whens,
            source=self._validator.source,
            odd={place: self._validator.row(numbers[place], rows[place]) for place in sorted(odd)},
        )
        for place, row in batch.odd.items():
            emails[place], phones[place] = row.donor.email, row.donor.phone
            first_names[place], last_names[place] = row.donor.first_name, row.donor.last_name
        return batch

    def column(self, at: int) -> list[str]:
        """Return a column of the batch validated last, every row as wide as the header."""
        column = self._columns_read.get(at)
        if column is None:
            column = self._columns_read[at] = [line[at] for line in self._lines]
        return column

    def _phones(self, lines: Sequence[Sequence[str]], odd: set[int]) -> list[str]:
        at = self._phone
        if at is None:
            return [""] * len(lines)
        cells = [line[at] for line in lines]
        if self._validator.phone_style is not PhoneStyle.DIGITS:
            odd.update(place for place, cell in enumerate(cells) if cell)
            return cells
        phones = [
            cell if not cell or (len(cell) == US_LENGTH and cell.isascii() and cell.isdigit()) else quick_phone(cell)
            for cell in cells
        ]
        odd.update(place for place, phone in enumerate(phones) if not phone and cells[place])
        return phones

    def _name_column(self, at: int | None, lines: Sequence[Sequence[str]], odd: set[int]) -> list[str]:
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

    def _context_column(self, lines: Sequence[Sequence[str]]) -> list[RowContext]:
        """Return the context of each row; contexts are cached, as few differ."""
        keys: list[object] = list(map(itemgetter(*self._context_at), lines)) if self._context_at else [""] * len(lines)
        if effective := list(self._effective_columns()):
            keys = list(zip(keys, *effective, strict=True))
        contexts, width = self._contexts, self._validator.width
        if len(contexts) > _CACHE_SIZE:
            contexts.clear()
        if {*keys}.difference(contexts):
            for key, line in zip(keys, lines, strict=True):
                if key not in contexts:
                    cells = tuple(line[at] if at < width else "" for at in self._validator.context_columns)
                    contexts[key] = self._validator.context(cells)
        return list(map(contexts.__getitem__, keys))

    def _effective_columns(self) -> Iterator[list[str]]:
        """Return the status columns in which any cell has an effect, with the other cells blanked."""
        for at, has_effect in self._validator.status_columns.items():
            cells, without_effect = self.column(at), self._without_effect[at]
            if len(without_effect) > _CACHE_SIZE:
                without_effect.clear()
            found = {*cells}
            for cell in found.difference(without_effect):
                without_effect[cell] = not has_effect(cell)
            if not all(map(without_effect.__getitem__, found)):
                yield [f"{at}" if without_effect[cell] else f"{at}:{cell}" for cell in cells]

    def _add_refunds(self, odd: set[int]) -> None:
        """Add the rows whose amounts may be refunds to `odd`."""
        for bound in self._validator.amounts:
            cells = self.column(bound.column)
            if bound.kind is DonationColumn.REFUND_AMOUNT or may_hold_negative(cells):
                found = {cell for cell in {*cells} if bound.may_be_refund(cell)}
                if found:
                    odd.update(place for place, cell in enumerate(cells) if cell in found)

    def _date_column(self, lines: Sequence[Sequence[str]]) -> tuple[list[datetime | None], list[str]]:
        at = self._date
        if at is None:
            return [None] * len(lines), [""] * len(lines)
        texts = [line[at] for line in lines]
        found = stamps(texts)
        if found is not None:
            return [*found[0]], found[1]
        dates, order = self._dates, self._validator.date_order
        if len(dates) > _CACHE_SIZE:
            dates.clear()
        for text in {*texts}.difference(dates):
            dates[text] = dated(text, order)
        pairs = [dates[text] for text in texts]
        return [when for when, _ in pairs], [date_text for _, date_text in pairs]

    def _id_column(self, lines: Sequence[Sequence[str]]) -> list[str]:
        at = self._record_id
        if at is None:
            return [""] * len(lines)
        cells = [line[at] for line in lines]
        return [cell if cell.isalnum() and cell.isascii() else clean_cell(cell) for cell in cells]


def quick_phone(cell: str) -> str:
    """Return a phone number of a usual form as `clean_phone` would, `""` for any other form."""
    usual = _USUAL_PHONE.fullmatch(cell)
    if usual is not None:
        return usual[1] + usual[2] + usual[3]
    return cell.translate(_PUNCTUATION) if _USUAL_INTERNATIONAL_PHONE.fullmatch(cell) else ""


def _padded(cells: Sequence[str], width: int) -> Sequence[str]:
    return [*cells[:width], *[""] * (width - len(cells))]
