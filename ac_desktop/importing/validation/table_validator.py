"""Validates every row of a table: a donor who waits, is held or is skipped, with the reason.

One pass: rows come in their order, duplicates still waiting. Which of them are superseded by a newer row is known at
the end (`TableValidator.superseded`), so that a million rows need neither a second reading nor a list in memory.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import compress, repeat
from math import isnan, nan
from operator import sub
from typing import Final

from ac_desktop.importing.detection.detection import Detection
from ac_desktop.importing.detection.status_columns import UnreadColumn, UnreadValues
from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.validation.column_batch import ColumnBatch, Columns
from ac_desktop.importing.validation.row_validator import RowValidator, ValidatedRow, validate_typed
from ac_desktop.importing.validation.warnings import DonorWarning, WarningCode
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.reason_codes import BY_FILE
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.rules import DatedRow, duplicates
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr

__all__ = [
    "DonorWarning",
    "RequiredInput",
    "TableValidator",
    "ValidatedRow",
    "WarningCode",
    "validate_table",
    "validate_typed",
]

_BATCH_ROWS: Final = 200
_AGAINST_THE_PERSON: Final = BY_FILE - {ReasonCode.DONATION_UNCLEAR}
"""The reasons that hold for every row of a person; a donation in doubt says nothing of another one."""
_START: Final = datetime(1970, 1, 1)  # noqa: DTZ001  dates are those on the clock of the place


class RequiredInput(StrEnum):
    """What a person has to supply before the rows can be validated."""

    PAGE = "page"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The counts by reason and warning of all rows."""

    reasons: Mapping[ReasonCode, int]
    warnings: Mapping[WarningCode, int]


class TableValidator:
    """The rows of a table, validated as they are read; iterating again reads again."""

    def __init__(self, table: Table, detection: Detection, validator: RowValidator) -> None:
        self.table = table
        self.detection = detection
        self.required = _required_input(detection, validator)
        self._validator = validator
        self._newest = _NewestRows()
        self._unread = _unread_values(detection)
        self._states: Counter[RecordState] = Counter()
        self._reasons: Counter[ReasonCode] = Counter()
        self._warnings: Counter[WarningCode] = Counter()

    def __iter__(self) -> Iterator[ValidatedRow]:
        """Return the rows in their order; duplicates among them are in `superseded` afterwards."""
        for batch in self.batches(_BATCH_ROWS):
            yield from batch.rows()

    def batches(self, size: int) -> Iterator[ColumnBatch]:
        """Return the rows in batches of at most `size`; faster for long files."""
        newest = self._newest = _NewestRows()
        states, reasons, warnings = Counter[RecordState](), Counter[ReasonCode](), Counter[WarningCode]()
        self._states, self._reasons, self._warnings = states, reasons, warnings
        columns = Columns(self._validator)
        unread = self._unread = _unread_values(self.detection)
        for numbers, rows in self.table.batches(size):
            batch = columns.validate(numbers, rows)
            unread.add(columns.column)
            newest.add(batch)
            _count(batch, states, reasons, warnings)
            yield batch
        replaced_by = newest.apply_rule()
        states[RecordState.WAITING] -= len(replaced_by)
        states[RecordState.SKIPPED] += len(replaced_by)
        if replaced_by:
            reasons[ReasonCode.DUPLICATE_ROW] = len(replaced_by)

    @property
    def unread_columns(self) -> tuple[UnreadColumn, ...]:
        """The status columns that are not read, with their values, of the last full reading."""
        return self._unread.found()

    @property
    def superseded(self) -> Mapping[int, int]:
        """Rows returned as waiting that are superseded by a newer row of the same donor, with that row (rule 11)."""
        return self._newest.settled

    def settled(self) -> Iterator[ValidatedRow]:
        """Read twice and return every row in its final state."""
        for _ in self:
            pass
        replaced_by = dict(self.superseded)
        for row in self:
            by = replaced_by.get(row.row)
            if by is None:
                yield row
            else:
                why = reason(ReasonCode.DUPLICATE_ROW, row=by)
                yield replace(row, state=RecordState.SKIPPED, reason=why)

    @property
    def result(self) -> ImportResult:
        """The import result of the last full reading."""
        counts = self._states
        return ImportResult(
            rows=sum(counts.values()),
            waiting=counts[RecordState.WAITING],
            held=counts[RecordState.HELD],
            skipped=counts[RecordState.SKIPPED],
        )

    @property
    def found(self) -> FoundRows:
        """The counts by reason and warning of the last full reading."""
        return FoundRows(dict(self._reasons), dict(self._warnings))


def validate_table(
    table: Table,
    detection: Detection,
    *,
    scope: Scope,
    phone_style: PhoneStyle,
    page: str = "",
    team: str = "",
) -> TableValidator:
    """Validate a table for a connection; `page` and `team` are those of rows that name none.

    Raises ImportFileError where no column holds e-mail addresses.
    """
    if Field.EMAIL not in detection.columns:
        raise no_email_column(table.file_name)
    return TableValidator(table, detection, RowValidator(table, detection, scope, phone_style, page, team))


def no_email_column(file_name: str, proposed: str = "") -> ImportFileError:
    """Return the error that no column of a file is known to hold e-mail addresses; `proposed` is one that may."""
    if proposed:
        return not_taken(
            tr("No heading of “{name}” says which column contains the email addresses.", name=file_name),
            tr("The column “{column}” seems to hold them. Say so, and import the file again.", column=proposed),
        )
    return not_taken(
        tr("“{name}” has no column with email addresses.", name=file_name),
        tr("Choose the email column, or export the file again with email addresses."),
    )


def _required_input(detection: Detection, validator: RowValidator) -> tuple[RequiredInput, ...]:
    """Return what the scope needs to know and the file does not name (rule 12)."""
    columns, scope = detection.columns, validator.scope
    has_page = bool(validator.page) or Field.PAGE in columns or Field.PAGE_NAME in columns
    has_team = bool(validator.team) or Field.TEAM in columns
    if not scope.needs_page:
        return ()
    by_team_alone = scope.team is not None and replace(scope, team=None) == Scope()
    if by_team_alone and has_team:
        return ()
    if scope.team is not None and not has_team and not scope.team.pages:
        return (RequiredInput.TEAM,) if has_page or by_team_alone else (RequiredInput.PAGE, RequiredInput.TEAM)
    return () if has_page else (RequiredInput.PAGE,)


def _unread_values(detection: Detection) -> UnreadValues:
    return UnreadValues(detection.statuses.counted, has_address=detection.statuses.has_address)


def _count(
    batch: ColumnBatch,
    states: Counter[RecordState],
    reasons: Counter[ReasonCode],
    warnings: Counter[WarningCode],
) -> None:
    """Count a batch's rows by state, reason and warning."""
    usual = Counter(batch.contexts)
    usual.subtract(batch.contexts[place] for place in batch.odd)
    counts = [(context.state, context.reason, number) for context, number in usual.items()]
    counts += [(row.state, row.reason, 1) for row in batch.odd.values()]
    for state, why, number in counts:
        states[state] += number
        if why is not None:
            reasons[why.code] += number
    warnings.update(one.code for row in batch.odd.values() for one in row.warnings)


class _NewestRows:
    """Keeps each e-mail's waiting rows in a few bytes, and applies rule 11 to them at the end."""

    def __init__(self) -> None:
        self.settled: Mapping[int, int] = {}
        self._forbidden: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._again: dict[str, list[int]] = {}
        self._rows = array("q")
        self._times = array("d")

    def add(self, batch: ColumnBatch) -> None:
        """Add the batch's waiting rows."""
        waiting = RecordState.WAITING
        waits = [context.state is waiting for context in batch.contexts]
        for place, row in batch.odd.items():
            waits[place] = row.state is waiting
        self._add_forbidden(batch)
        first, again, start = self._first, self._again, len(self._rows)
        self._rows.extend(compress(batch.numbers, waits))
        self._times.extend(_seconds(list(compress(batch.whens, waits))))
        for place, email in enumerate(compress(batch.emails, waits), start):
            before = first.setdefault(email, place)
            if before is not place:
                again.setdefault(email, [before]).append(place)

    def _add_forbidden(self, batch: ColumnBatch) -> None:
        """Add the people whom the file says not to mail, with the first row that says so."""
        places = {
            place
            for place, row in batch.odd.items()
            if row.reason is not None and row.reason.code in _AGAINST_THE_PERSON
        }
        by_context = {context: context.forbidden is not None for context in {*batch.contexts}}
        if any(by_context.values()):
            places.update(place for place, context in enumerate(batch.contexts) if by_context[context])
        for place in sorted(places):
            if batch.emails[place]:
                self._forbidden.setdefault(batch.emails[place], batch.numbers[place])

    def apply_rule(self) -> Mapping[int, int]:
        """Return for each superseded row the one that stays: the newest, or the one by which its person is held."""
        replaced_by: dict[int, int] = {}
        for email, places in self._again.items():
            replaced_by.update(duplicates(self._dated(place, email) for place in places))
        for email in self._forbidden.keys() & self._first.keys():
            places = self._again.get(email) or [self._first[email]]
            replaced_by.update((self._rows[place], self._forbidden[email]) for place in places)
        self.settled = replaced_by
        self._first, self._again, self._rows, self._times = {}, {}, array("q"), array("d")
        self._forbidden = {}
        return replaced_by

    def _dated(self, place: int, email: str) -> DatedRow:
        seconds = self._times[place]
        return DatedRow(self._rows[place], email, None if isnan(seconds) else _START + timedelta(seconds=seconds))


def _seconds(whens: list[datetime | None]) -> Iterable[float]:
    if None in whens:
        return [nan if when is None else (when - _START).total_seconds() for when in whens]
    return map(timedelta.total_seconds, map(sub, whens, repeat(_START)))
