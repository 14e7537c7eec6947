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

from ac_desktop.importing.detection.fields import Field
from ac_desktop.importing.formats.cells import clean_cell
from ac_desktop.importing.validation.dates import dated, stamps
from ac_desktop.importing.validation.email_address import quick_emails
from ac_desktop.importing.validation.gift_status import GiftColumn
from ac_desktop.importing.validation.money import may_hold_negative
from ac_desktop.importing.validation.row_validator import RowContext, RowValidator, ValidatedRow
from ac_desktop.model.donor import US_LENGTH, Donor, PhoneStyle

_USUAL_PHONE = re.compile(r"1?\(?([0-9]{3})\)?[ .-]?([0-9]{3})[ .-]?([0-9]{4})")
_USUAL_FOREIGN_PHONE = re.compile(r"\+[0-9]{1,3}[ .-]?\(?[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}")
_SIGNS: Final = str.maketrans("", "", "() .-")
_MOST_REMEMBERED: Final = 65_536
_ONLY_ODD: Final = (Field.NAME,)
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
    gifts: list[RowContext]
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
        gift = self.gifts[place]
        donor = Donor(
            email=self.emails[place],
            phone=self.phones[place],
            first_name=self.first_names[place],
            last_name=self.last_names[place],
            page=gift.page,
            page_name=gift.page_name,
            team=gift.team,
            source=self.source,
        )
        told, record_id, cells = self.donated_at[place], self.record_ids[place], tuple(self.cells[place])
        return ValidatedRow(number, donor, gift.state, gift.reason, (), cells, record_id, told)


class Columns:
    """Validates batches of one table for one connection."""

    def __init__(self, judge: RowValidator) -> None:
        self._judge = judge
        columns = judge.columns
        self._email = columns[Field.EMAIL]
        self._phone = columns.get(Field.PHONE)
        self._names_at = columns.get(Field.FIRST_NAME), columns.get(Field.LAST_NAME)
        self._date = columns.get(Field.DATE)
        self._record_id = columns.get(Field.RECORD_ID)
        self._odd_at = [columns[field] for field in _ONLY_ODD if field in columns]
        fixed = (*judge.place_columns, *judge.rule_columns)
        self._gift_at = tuple(dict.fromkeys(at for at in fixed if at < judge.width))
        self._silent: dict[int, dict[str, bool]] = {at: {} for at in judge.status_columns}
        self._lines: Sequence[Sequence[str]] = ()
        self._taken: dict[int, list[str]] = {}
        self._names: dict[str, str | None] = {"": ""}
        self._gifts: dict[object, RowContext] = {}
        self._dates: dict[str, tuple[datetime | None, str]] = {}

    def judged(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> ColumnBatch:
        """Validate a batch of rows."""
        width = self._judge.width
        odd = {place for place, cells in enumerate(rows) if len(cells) != width}
        lines = rows if not odd else [cells if len(cells) == width else _padded(cells, width) for cells in rows]
        self._lines, self._taken = lines, {}
        emails = quick_emails([cells[self._email] for cells in lines])
        odd.update(place for place, email in enumerate(emails) if not email)
        phones = self._phones(lines, odd)
        first_names, last_names = (self._name_column(at, lines, odd) for at in self._names_at)
        for at in self._odd_at:
            odd.update(place for place, cells in enumerate(lines) if cells[at])
        if self._judge.emails:
            odd.update(range(len(lines)))
        self._refunds(odd)
        whens, told = self._date_column(lines)
        portion = ColumnBatch(
            numbers=numbers,
            cells=rows,
            emails=emails,
            phones=phones,
            first_names=first_names,
            last_names=last_names,
            gifts=self._gift_column(lines),
            record_ids=self._id_column(lines),
            donated_at=told,
            whens=whens,
            source=self._judge.source,
            odd={place: self._judge.row(numbers[place], rows[place]) for place in sorted(odd)},
        )
        for place, row in portion.odd.items():
            emails[place], phones[place] = row.donor.email, row.donor.phone
            first_names[place], last_names[place] = row.donor.first_name, row.donor.last_name
        return portion

    def column(self, at: int) -> list[str]:
        """Return a column of the batch validated last, every row as wide as the header."""
        taken = self._taken.get(at)
        if taken is None:
            taken = self._taken[at] = [line[at] for line in self._lines]
        return taken

    def _phones(self, lines: Sequence[Sequence[str]], odd: set[int]) -> list[str]:
        at = self._phone
        if at is None:
            return [""] * len(lines)
        cells = [line[at] for line in lines]
        if self._judge.phone_style is not PhoneStyle.DIGITS:
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
        if len(names) > _MOST_REMEMBERED:
            names.clear()
        for cell in {*cells}.difference(names):
            text = self._judge.cleaned(cell)
            names[cell] = None if "@" in text else text
        found = list(map(names.__getitem__, cells))
        odd.update(place for place, name in enumerate(found) if name is None)
        return [name or "" for name in found]

    def _gift_column(self, lines: Sequence[Sequence[str]]) -> list[RowContext]:
        """Return the context of each row; contexts are cached, as few differ."""
        keys: list[object] = list(map(itemgetter(*self._gift_at), lines)) if self._gift_at else [""] * len(lines)
        if spoken := list(self._spoken()):
            keys = list(zip(keys, *spoken, strict=True))
        gifts, width = self._gifts, self._judge.width
        if len(gifts) > _MOST_REMEMBERED:
            gifts.clear()
        if {*keys}.difference(gifts):
            for key, line in zip(keys, lines, strict=True):
                if key not in gifts:
                    cells = tuple(line[at] if at < width else "" for at in self._judge.gift_columns)
                    gifts[key] = self._judge.gift(cells)
        return list(map(gifts.__getitem__, keys))

    def _spoken(self) -> Iterator[list[str]]:
        """Return the status columns in which any cell has an effect, with the other cells blanked."""
        for at, speaks in self._judge.status_columns.items():
            cells, silent = self.column(at), self._silent[at]
            if len(silent) > _MOST_REMEMBERED:
                silent.clear()
            found = {*cells}
            for cell in found.difference(silent):
                silent[cell] = not speaks(cell)
            if not all(map(silent.__getitem__, found)):
                yield [f"{at}" if silent[cell] else f"{at}:{cell}" for cell in cells]

    def _refunds(self, odd: set[int]) -> None:
        """Add the rows whose amounts may be refunds to `odd`."""
        for bound in self._judge.amounts:
            cells = self.column(bound.column)
            if bound.kind is GiftColumn.REFUND_AMOUNT or may_hold_negative(cells):
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
        dates, order = self._dates, self._judge.date_order
        if len(dates) > _MOST_REMEMBERED:
            dates.clear()
        for text in {*texts}.difference(dates):
            dates[text] = dated(text, order)
        pairs = [dates[text] for text in texts]
        return [when for when, _ in pairs], [told for _, told in pairs]

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
    return cell.translate(_SIGNS) if _USUAL_FOREIGN_PHONE.fullmatch(cell) else ""


def _padded(cells: Sequence[str], width: int) -> Sequence[str]:
    return [*cells[:width], *[""] * (width - len(cells))]
