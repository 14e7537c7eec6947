"""Validates one row, or one typed donor: cleaned, in scope, and complete enough to be relayed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import itemgetter
from typing import Final

from ac_desktop.importing.detection.detection import BoundRule, Detection
from ac_desktop.importing.detection.status_columns import BoundConsent
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.profiles.columns import RELAYED, Field, distinct
from ac_desktop.importing.validation.warnings import BY_TROUBLE, DonorWarning, WarningCode, warning
from ac_desktop.importing.values.cells import clean_cell, is_yes, split_name, without_placeholder
from ac_desktop.importing.values.dates import dated
from ac_desktop.importing.values.email_address import EmailCleaning, check_email
from ac_desktop.model.donor import Donor, PhoneStyle, clean_phone
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeDecision, ScopeVerdict
from ac_desktop.model.states import RecordState

_PERSON_FIELDS: Final = (
    Field.EMAIL,
    Field.PHONE,
    Field.FIRST_NAME,
    Field.LAST_NAME,
    Field.NAME,
    Field.DATE,
    Field.RECORD_ID,
)
_PAGE_FIELDS: Final = (Field.PAGE, Field.PAGE_NAME, Field.TEAM)
_CACHE_SIZE: Final = 4_096
_PHONE_DIGITS: Final = 7
_MOST_CELLS: Final = 0.5
_LONGEST_VALUE: Final = 60
CellTest = Callable[[str], bool]
"""Whether a cell says anything about consent or the donation."""


@dataclass(frozen=True, slots=True)
class ValidatedRow:
    """A validated row: the donor as it would be relayed, its state and reason, and its original cells."""

    row: int
    donor: Donor
    state: RecordState
    reason: Reason | None = None
    warnings: tuple[DonorWarning, ...] = ()
    cells: tuple[str, ...] = ()
    record_id: str = ""
    donated_at: str = ""


def validate_typed(
    email: str,
    first: str,
    last: str,
    phone: str,
    page: str,
    team: str,
    scope: Scope,
    phone_style: PhoneStyle,
) -> ValidatedRow:
    """Validate a donor typed in by hand, by the code that validates files."""
    typed = Donor(email=email, phone=phone, first_name=first, last_name=last, page=page, team=team)
    return validate_donor(typed, scope, phone_style)


def validate_donor(typed: Donor, scope: Scope, phone_style: PhoneStyle) -> ValidatedRow:
    """Validate a donor as a person typed or corrected it, by the code that validates files."""
    warnings: list[DonorWarning] = []
    address, why = _validated_email(typed.email, warnings)
    first, last = _validated_names(clean_cell(typed.first_name), clean_cell(typed.last_name), warnings)
    donor = replace(
        typed,
        email=address,
        phone=_validated_phone(typed.phone, phone_style, warnings),
        first_name=first,
        last_name=last,
        page=clean_cell(typed.page),
        page_name=clean_cell(typed.page_name),
        team=clean_cell(typed.team),
    )
    state, reason_ = _state_of(None, None, None, scope.decide(donor), why)
    return ValidatedRow(0, donor, state, reason_, tuple(warnings))


@dataclass(frozen=True, slots=True, eq=False)
class RowContext:
    """What rows with the same page, team, kind and status share: page and team, cleaned, and the results of the rules.

    `forbidden` is what the file says against mailing the person, `doubt` what leaves the donation in doubt; `state` and
    `reason` are those of a row without any other problem.
    """

    page: str
    page_name: str
    team: str
    forbidden: Reason | None
    left_out: Reason | None
    doubt: Reason | None
    scope_decision: ScopeDecision
    state: RecordState
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class _Person:
    """A donor's own four fields, cleaned."""

    email: str
    phone: str
    first_name: str
    last_name: str
    why: Reason | None = None
    warnings: tuple[DonorWarning, ...] = ()


class RowValidator:
    """Validates the rows of one table for one connection, one by one; `column_batch.Columns` validates many at once."""

    def __init__(
        self, table: Table, detection: Detection, scope: Scope, phone_style: PhoneStyle, page: str, team: str
    ) -> None:
        self.scope = scope
        self.page = clean_cell(page)
        self.team = clean_cell(team)
        self.phone_style = phone_style
        self.width = width = len(table.header)
        self.source = f"{table.file_name} / {table.sheet}" if len(table.sheets) > 1 else table.file_name
        self.date_order = detection.date_order
        self.columns = columns = detection.columns
        self.emails = detection.emails
        self._empty = detection.profile.empty
        self._fields = itemgetter(*(columns.get(field, width) for field in _PERSON_FIELDS))
        statuses = detection.statuses
        headings = distinct(table.header)
        general = tuple(BoundRule(at, rule, " ".join(headings[at].split())) for at, rule in statuses.donation_rules)
        self._rules = (*detection.leave_out, *general)
        self._consents = statuses.consents
        self.amounts = statuses.amounts
        self.page_columns = tuple(columns.get(field, width) for field in _PAGE_FIELDS)
        self.rule_columns = tuple(rule.column for rule in detection.leave_out)
        self.status_columns = _status_tests(general, self._consents, {*self.page_columns, *self.rule_columns})
        self.context_columns = (
            *self.page_columns,
            *(rule.column for rule in self._rules),
            *(consent.column for consent in self._consents),
        )
        self._context_cells = itemgetter(*self.context_columns)
        self._marked = _is_marked(table, detection)
        self._contexts: dict[tuple[str, ...], RowContext] = {}

    def row(self, number: int, cells: Sequence[str]) -> ValidatedRow:
        """Validate one row."""
        width = self.width
        line = [*cells, ""] if len(cells) == width else [*cells[:width], *[""] * (width + 1 - len(cells)), ""]
        date, record_id = self._fields(line)[5:]
        person = self._person(line, len(cells))
        context = self.context(self._context_cells(line))
        donor = Donor(
            email=person.email,
            phone=person.phone,
            first_name=person.first_name,
            last_name=person.last_name,
            page=context.page,
            page_name=context.page_name,
            team=context.team,
            source=self.source,
        )
        left_out = context.left_out or self._refund_reason(line)
        state, reason_ = _state_of(context.forbidden, left_out, context.doubt, context.scope_decision, person.why)
        _, date_text = dated(date, self.date_order)
        return ValidatedRow(
            number, donor, state, reason_, person.warnings, tuple(cells), clean_cell(record_id), date_text
        )

    def context(self, cells: tuple[str, ...]) -> RowContext:
        """Return the context of a row by the cells of `context_columns`; few differ."""
        found = self._contexts.get(cells)
        if found is not None:
            return found
        page, page_name, team = (self.cleaned(cell) for cell in cells[: len(_PAGE_FIELDS)])
        page, team = page or ("" if page_name else self.page), team or self.team
        first = len(_PAGE_FIELDS)
        consents = cells[first + len(self._rules) :]
        by_rules = [why for why in map(_reason_of, self._rules, cells[first:]) if why is not None]
        left_out = next((why for why in by_rules if why.code is not ReasonCode.DONATION_UNCLEAR), None)
        doubt = next((why for why in by_rules if why.code is ReasonCode.DONATION_UNCLEAR), None)
        forbidden = _forbidden(self._consents, consents)
        scope_decision = self.scope.decide(Donor(email="", page=page, page_name=page_name, team=team))
        if len(self._contexts) >= _CACHE_SIZE:
            self._contexts.clear()
        state_and_reason = _state_of(forbidden, left_out, doubt, scope_decision, None)
        made = RowContext(page, page_name, team, forbidden, left_out, doubt, scope_decision, *state_and_reason)
        self._contexts[cells] = made
        return made

    def cleaned(self, cell: str) -> str:
        """Return a cell, cleaned as the cells of this table need it."""
        return clean_cell(cell, self._empty, marked=self._marked)

    def _refund_reason(self, line: Sequence[str]) -> Reason | None:
        """Return why a row is left out by its amounts."""
        for bound in self.amounts:
            if bound.is_refund(line):
                value = clean_cell(line[bound.column])[:_LONGEST_VALUE]
                return reason(ReasonCode.REFUNDED, column=bound.heading, value=value)
        return None

    def _person(self, line: Sequence[str], found: int) -> _Person:
        """Return the donor's own fields, cleaned, with warnings about them."""
        email, phone, first, last, name, _, _ = self._fields(line)
        warnings: list[DonorWarning] = []
        if self.emails:
            email = self.email_cell(line)
        if name and not first and not last:
            first, last = split_whole_name(self.cleaned(name))
        first, last = self.cleaned(first), self.cleaned(last)
        shifted = self._shifted(found, first, last, email)
        address, trouble = _validated_email(self.cleaned(email), warnings)
        first, last = _validated_names(first, last, warnings)
        digits = _validated_phone(phone, self.phone_style, warnings)
        return _Person(address, digits, first, last, shifted or trouble, tuple(warnings))

    def _shifted(self, found: int, first: str, last: str, email: str) -> Reason | None:
        """Return the reason of a row whose columns may be shifted; one that only lacks empty last cells is fine."""
        if found == self.width:
            return None
        if found < self.width and check_email(email).ok and not any(is_odd_name(name) for name in (first, last)):
            return None
        return reason(ReasonCode.RAGGED_ROW, found=found, expected=self.width)

    def email_cell(self, line: Sequence[str]) -> str:
        """Return the first address in `emails` that the file does not mark as bad."""
        for email in self.emails:
            cell = line[email.column]
            if cell.strip() and not (email.bad_mark >= 0 and is_yes(line[email.bad_mark])):
                return cell
        return ""


def _reason_of(bound: BoundRule, cell: str) -> Reason | None:
    code = bound.rule.why(cell)
    if code is None:
        return None
    text = clean_cell(cell, marked=True)[:_LONGEST_VALUE]
    match code:
        case ReasonCode.NOT_A_DONATION:
            return reason(code, kind=text, column=bound.heading)
        case ReasonCode.NOT_COMPLETED:
            return reason(code, status=text, column=bound.heading)
        case _:
            return reason(code, value=text, column=bound.heading)


def _status_tests(
    rules: Sequence[BoundRule], consents: Sequence[BoundConsent], known: Collection[int]
) -> Mapping[int, CellTest]:
    """Return for each status column, except for those in `known`, the test whether a cell says anything."""
    tests: dict[int, list[Callable[[str], object]]] = {}
    for rule in rules:
        tests.setdefault(rule.column, []).append(rule.rule.why)
    for consent in consents:
        tests.setdefault(consent.column, []).append(consent.reason_to_hold)
    return {column: partial(_any_result, tuple(readers)) for column, readers in tests.items() if column not in known}


def _any_result(readers: Sequence[Callable[[str], object]], cell: str) -> bool:
    return any(ask(cell) is not None for ask in readers)


def _forbidden(consents: Sequence[BoundConsent], cells: Sequence[str]) -> Reason | None:
    """Return what a row's own columns say against mailing the person; a plain no comes before an unclear value."""
    codes = [(bound.reason_to_hold(cell), bound.heading, cell) for bound, cell in zip(consents, cells, strict=True)]
    for wanted in (ReasonCode.FILE_FORBIDS, ReasonCode.FILE_UNCLEAR):
        for code, heading, cell in codes:
            if code is wanted:
                return reason(code, column=heading, value=clean_cell(cell, marked=True)[:_LONGEST_VALUE])
    return None


def _state_of(
    forbidden: Reason | None,
    left_out: Reason | None,
    doubt: Reason | None,
    scope_decision: ScopeDecision,
    why: Reason | None,
) -> tuple[RecordState, Reason | None]:
    """Return the state of a row, with its reason.

    What the file says against mailing, or what leaves the donation in doubt, takes precedence over all that a
    correction or another scope may change later. A
    row whose columns may be shifted is not evaluated by them, except for a plain no.
    """
    if forbidden is not None and forbidden.code is ReasonCode.FILE_FORBIDS:
        return RecordState.HELD, forbidden
    if why is not None and why.code is ReasonCode.RAGGED_ROW:
        return RecordState.HELD, why
    if forbidden is not None:
        return RecordState.HELD, forbidden
    if left_out is not None:
        return RecordState.SKIPPED, left_out
    if doubt is not None:
        return RecordState.HELD, doubt
    if scope_decision.verdict is ScopeVerdict.OUT:
        return RecordState.SKIPPED, scope_decision.reason
    if why is not None:
        return RecordState.HELD, why
    if scope_decision.verdict is ScopeVerdict.UNKNOWN:
        return RecordState.HELD, scope_decision.reason
    return RecordState.WAITING, None


def _validated_email(cell: str, warnings: list[DonorWarning]) -> tuple[str, Reason | None]:
    text = without_placeholder(clean_cell(cell))
    if not text:
        return "", reason(ReasonCode.NO_EMAIL)
    verdict = check_email(text)
    if verdict.suggestion:
        warnings.append(warning(WarningCode.EMAIL_SUGGESTION, suggestion=verdict.suggestion, email=verdict.email))
    if EmailCleaning.OTHERS in verdict.peeled:
        warnings.append(warning(WarningCode.EMAIL_SEVERAL, email=verdict.email))
    elif EmailCleaning.WRAPPING in verdict.peeled:
        warnings.append(warning(WarningCode.EMAIL_PEELED, email=verdict.email, cell=text))
    return verdict.email, None if verdict.ok else reason(ReasonCode.BAD_EMAIL, email=verdict.email)


def _validated_names(first: str, last: str, warnings: list[DonorWarning]) -> tuple[str, str]:
    """Leave out a name that is an address, as services put one where a name is missing."""
    kept = []
    for name in (first, last):
        if "@" in name and check_email(name).ok:
            warnings.append(warning(WarningCode.NAME_IS_EMAIL, name=name))
            kept.append("")
        else:
            kept.append(name)
    return kept[0], kept[1]


def split_whole_name(name: str) -> tuple[str, str]:
    """Return the first and the last name of a whole one; an address stays whole."""
    return (name, "") if "@" in name else split_name(name)


def _validated_phone(cell: str, style: PhoneStyle, warnings: list[DonorWarning]) -> str:
    text = without_placeholder(clean_cell(cell, marked=True))
    phone = clean_phone(text, style)
    if phone.trouble is not None:
        warnings.append(warning(BY_TROUBLE[phone.trouble], phone=text))
    return phone.text


@lru_cache(maxsize=_CACHE_SIZE)
def is_odd_name(name: str) -> bool:
    """Whether a name may be what belongs into another column: an address or a phone number."""
    return "@" in name or sum(character.isdigit() for character in name) >= _PHONE_DIGITS


def _is_marked(table: Table, detection: Detection) -> bool:
    """Whether the table's cells carry Excel's text mark, by its header or most of its relayed cells."""
    places = [detection.columns[field] for field in RELAYED if field in detection.columns]
    headings = [table.header[place] for place in places]
    cells = [row.cells[place] for row in table.sample for place in places if place < len(row.cells)]
    return any(
        sum(text.startswith("'") for text in texts) > _MOST_CELLS * max(sum(bool(text) for text in texts), 1)
        for texts in (headings, cells)
    )
