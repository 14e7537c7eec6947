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
from ac_desktop.importing.validation.person_columns import PersonColumns
from ac_desktop.importing.validation.row_validator import RowContext, RowValidator, ValidatedRow
from ac_desktop.importing.values.cells import clean_cell, may_hold_negative
from ac_desktop.importing.values.dates import DatesReader
from ac_desktop.importing.values.donation_status import DonationColumn
from ac_desktop.model.donor import Donor

_VISIBLE: Final = re.compile(r"[!-&(-~]*")
"""ASCII without spaces and Excel's text mark: nothing that cleaning changes."""
_CACHE_SIZE: Final = 65_536


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
        self._people = PersonColumns(validator)
        self._date = columns.get(Field.DATE)
        self._record_id = columns.get(Field.RECORD_ID)
        fixed = (*validator.page_columns, *validator.rule_columns)
        self._context_at = tuple(dict.fromkeys(at for at in fixed if at < validator.width))
        self._without_effect: dict[int, dict[str, bool]] = {at: {} for at in validator.status_columns}
        self._lines: Sequence[Sequence[str]] = ()
        self._columns_read: dict[int, list[str]] = {}
        self._contexts: dict[object, RowContext] = {}
        self._dates = DatesReader(validator.date_order)

    def validate(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> ColumnBatch:
        """Validate a batch of rows."""
        width = self._validator.width
        ragged = {place for place, cells in enumerate(rows) if len(cells) != width}
        lines = rows if not ragged else [cells if len(cells) == width else _padded(cells, width) for cells in rows]
        self._lines, self._columns_read = lines, {}
        short = {place for place in ragged if len(rows[place]) < width}
        odd = ragged - short
        people = self._people.read(lines, short, odd)
        self._add_refunds(odd)
        whens, date_text = self._date_column(lines)
        batch = ColumnBatch(
            numbers=numbers,
            cells=rows,
            emails=people.emails,
            phones=people.phones,
            first_names=people.first_names,
            last_names=people.last_names,
            contexts=self._context_column(lines),
            record_ids=self._id_column(lines),
            donated_at=date_text,
            whens=whens,
            source=self._validator.source,
            odd={place: self._validator.row(numbers[place], rows[place]) for place in sorted(odd)},
        )
        for place, row in batch.odd.items():
            people.emails[place], people.phones[place] = row.donor.email, row.donor.phone
            people.first_names[place], people.last_names[place] = row.donor.first_name, row.donor.last_name
        return batch

    def column(self, at: int) -> list[str]:
        """Return a column of the batch validated last, every row as wide as the header."""
        column = self._columns_read.get(at)
        if column is None:
            column = self._columns_read[at] = [line[at] for line in self._lines]
        return column

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
        return (
            self._dates.read([line[at] for line in lines])
            if at is not None
            else ([None] * len(lines), [""] * len(lines))
        )

    def _id_column(self, lines: Sequence[Sequence[str]]) -> list[str]:
        at = self._record_id
        if at is None:
            return [""] * len(lines)
        cells = [line[at] for line in lines]
        if _VISIBLE.fullmatch("".join(cells)):
            return cells
        return [cell if _VISIBLE.fullmatch(cell) else clean_cell(cell) for cell in cells]


def _padded(cells: Sequence[str], width: int) -> Sequence[str]:
    return [*cells[:width], *[""] * (width - len(cells))]
