"""Status columns: which columns of a table hold consent and the status of donations, and which values have no effect.

Values that may have no effect are counted while rows are read, and told before the rows are queued.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Protocol

from ac_desktop.importing.values import consent_words
from ac_desktop.importing.values.cells import amount, plain
from ac_desktop.importing.values.donation_status import (
    REASONS,
    TOTALS,
    DonationColumn,
    DonationState,
    donation_column,
    read_donation_state,
)
from ac_desktop.importing.values.file_consent import (
    Consent,
    ConsentColumn,
    consent_column,
    is_no,
    is_other_channel,
    read_consent,
)
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.wording import tr

MOST_VALUES: Final = 20
"""The number of values of a column that are shown; rows with other values are counted together."""
LONGEST_VALUE: Final = 60
_MOST_COUNTED: Final = 2_000
_SHORTEST_WORD: Final = 4
_LONGEST_CODE: Final = 3
_NAMES: Final = frozenset({
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida",
    "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine",
    "maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska",
    "nevada", "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio",
    "oklahoma", "oregon", "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas",
    "utah", "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming", "district of columbia",
    "washington dc", "puerto rico", "guam", "american samoa", "us virgin islands", "northern mariana islands",
    "alberta", "british columbia", "manitoba", "new brunswick", "newfoundland and labrador", "nova scotia",
    "ontario", "prince edward island", "quebec", "saskatchewan", "northwest territories", "nunavut", "yukon",
})  # fmt: skip
_HEADINGS: Final = frozenset({
    "city", "zip", "zip code", "postal code", "postcode", "post code", "address", "address line 1", "address 1",
    "street", "street address", "town", "country", "county", "ciudad", "codigo postal", "direccion", "pais",
    "ville", "code postal", "adresse", "pays", "ort", "stadt", "plz", "land", "strasse", "cidade", "cep",
    "endereco",
})  # fmt: skip


class RowRule(Protocol):
    """Decides by one cell whether its row is left out, or held as the donation is in doubt."""

    def why(self, cell: str) -> ReasonCode | None:
        """Return why a row with this cell is not relayed, None where it is."""


class Reading(Enum):
    """How much of a column is read."""

    NOT = auto()
    KNOWN_VALUES = auto()
    STATE = auto()
    """A status or a part of an address: decided by its values."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A column whose values are counted, as not all of them may be understood."""

    column: int
    heading: str
    reading: Reading
    donation: DonationColumn | None = None
    rules: tuple[RowRule, ...] = ()
    """The profile's rules, where it names all values that the column has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadColumn:
    """A column that holds a status, with the values that have no effect.

    `others` rows have further values; `is_partly_read` where some of its values have an effect; `is_fine` where all
    values without effect are plainly good, such as “subscribed”.
    """

    column: str
    values: Mapping[str, int]
    others: int = 0
    is_partly_read: bool = False
    is_fine: bool = False


def unread_text(one: UnreadColumn) -> str:
    """Return the sentence about a column for a person."""
    values = ", ".join(f"{value} {number}" for value, number in one.values.items())
    if one.others:
        values = tr("{values}, other values {number}", values=values, number=one.others)
    if one.is_partly_read:
        return tr("Some values of the column {column} aren't used: {values}.", column=one.column, values=values)
    return tr("The column {column} isn't used. Its values are {values}.", column=one.column, values=values)


def unread_json(one: UnreadColumn) -> dict[str, object]:
    """Return the JSON object of a column; `other_rows` have values beyond those named."""
    json_object: dict[str, object] = {"column": one.column, "values": dict(one.values)}
    return json_object | ({"other_rows": one.others} if one.others else {})


class UnreadValues:
    """Counts the values of columns that hold a status, batch by batch."""

    def __init__(self, counted: Sequence[Counted], *, has_address: bool) -> None:
        self._counted = counted
        self._has_address = has_address
        self._counts: list[Counter[str]] = [Counter() for _ in counted]
        self._others = [0] * len(counted)

    def add(self, column: Callable[[int], Sequence[str]]) -> None:
        """Count a batch of rows; `column` returns one of its columns by its index."""
        for at, one in enumerate(self._counted):
            counts = self._counts[at]
            for cell, number in Counter(column(one.column)).items():
                value = cell[: LONGEST_VALUE + 1]
                if value in counts or len(counts) < _MOST_COUNTED:
                    counts[value] += number
                else:
                    self._others[at] += number

    def found(self) -> tuple[UnreadColumn, ...]:
        """Return the columns with values that have no effect."""
        together = zip(self._counted, self._counts, self._others, strict=True)
        found = (self._unread(one, counts, others) for one, counts, others in together)
        return tuple(one for one in found if one is not None)

    def _unread(self, one: Counted, counts: Counter[str], others: int) -> UnreadColumn | None:
        values: Counter[str] = Counter()
        for value, number in counts.items():
            if text := " ".join(value.split()):
                values[text] += number
        if one.reading is Reading.STATE and self._is_address(values):
            return None
        unread = {value: number for value, number in values.items() if not _is_read(one, value)}
        if not unread and not others:
            return None
        shown = sorted(unread.items(), key=lambda pair: (-pair[1], pair[0]))
        return UnreadColumn(
            column=one.heading,
            values={_cut(value): number for value, number in shown[:MOST_VALUES]},
            others=others + sum(number for _, number in shown[MOST_VALUES:]),
            is_partly_read=one.reading is not Reading.NOT,
            is_fine=not others and not one.rules and all(_is_fine(one.heading, value) for value in unread),
        )

    def _is_address(self, values: Iterable[str]) -> bool:
        """Whether a column named State holds parts of addresses and no status."""
        if any(len(value) >= _SHORTEST_WORD and _is_status_word(value) for value in values):
            return False
        return self._has_address or all(map(is_place, values))


def _is_status_word(value: str) -> bool:
    reason_to_hold = (
        read_donation_state(DonationColumn.ANY_STATUS, value),
        read_consent(ConsentColumn.ANY_STATUS, value),
    )
    return reason_to_hold != (DonationState.UNKNOWN, Consent.UNKNOWN)


def _is_read(one: Counted, value: str) -> bool:
    """Whether a value has an effect, or needs none; one that leaves the donation in doubt is not understood."""
    if one.rules:
        return {rule.why(value) for rule in one.rules} - {None} != {ReasonCode.DONATION_UNCLEAR}
    if one.donation is None:
        return read_consent(ConsentColumn.ANY_STATUS, value) is Consent.FORBIDS
    if read_donation_state(one.donation, value) is not DonationState.UNKNOWN:
        return True
    reason_to_hold = read_consent(ConsentColumn.ANY_STATUS, value)
    return one.donation is DonationColumn.ANY_STATUS and reason_to_hold in {Consent.ALLOWS, Consent.FORBIDS}


def _is_fine(heading: str, value: str) -> bool:
    if (
        read_donation_state(DonationColumn.ANY_STATUS, value) is DonationState.DONE
        or plain(value) in consent_words.NOTHING
    ):
        return True
    if read_consent(ConsentColumn.ANY_STATUS, value) is Consent.ALLOWS:
        return True
    return is_no(value) and not re.search(r"\bstat(?:us|e|ut)\b", plain(heading))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"


def is_place(value: str) -> bool:
    """Whether a value is the name of a state or province, or as short as its code."""
    words = plain(value)
    return len(words) <= _LONGEST_CODE or words in _NAMES


def is_place_heading(heading: str) -> bool:
    """Whether a heading is that of another part of an address."""
    words = plain(heading)
    return words in _HEADINGS or any(
        words.endswith(f" {name}") for name in ("city", "zip", "address", "postal code", "country")
    )


_MOST_WORDS: Final = 8
_NO_VALUE: Final = "\ufffc"
"""What no status is called."""
_FEW_WORDS: Final = 4
_SPEAKS: Final = re.compile(
    r"\b(?:status|estatus|statut|zustand|situacao|situacion|\w+status|unsub\w*|opt(?:ed)? out|bounce\w*|refund\w*|"
    r"reembols\w+|rembours\w+|erstatt\w+|desabonn\w+|abgemeldet|descadastr\w+|rebotad[oa]|de baja)\b"
)
_STATE: Final = re.compile(r"\b(?:state|estado|etat)\b")
_FULLY_READ: Final = frozenset(ConsentColumn) - {ConsentColumn.ANY_STATUS}
_AMOUNTS: Final = frozenset({DonationColumn.AMOUNT, DonationColumn.REFUND_AMOUNT})


@dataclass(frozen=True, slots=True)
class BoundConsent:
    """A column that holds consent."""

    column: int
    heading: str
    kind: ConsentColumn

    def reason_to_hold(self, cell: str) -> ReasonCode | None:
        """Return why a row with this cell is held, None where the cell does not forbid."""
        match read_consent(self.kind, cell):
            case Consent.FORBIDS:
                return ReasonCode.FILE_FORBIDS
            case Consent.UNCLEAR:
                return ReasonCode.FILE_UNCLEAR
            case _:
                return None


@dataclass(frozen=True, slots=True)
class DonationRule:
    """Leaves out rows without a completed donation, by values known for every service."""

    kind: DonationColumn

    def why(self, cell: str) -> ReasonCode | None:
        """Return why a row with this cell is left out, None where it is not."""
        return REASONS.get(read_donation_state(self.kind, cell))


@dataclass(frozen=True, slots=True)
class BoundAmount:
    """A column of amounts, and the one of totals with which a refund is compared (-1 where there is none)."""

    column: int
    heading: str
    kind: DonationColumn
    total: int = -1

    def may_be_refund(self, cell: str) -> bool:
        """Whether this cell alone may be a refund."""
        return read_donation_state(self.kind, cell) is DonationState.REFUNDED

    def is_refund(self, line: Sequence[str]) -> bool:
        """Whether a row's donation was refunded in full."""
        cell = line[self.column]
        if not self.may_be_refund(cell):
            return False
        total = amount(line[self.total]) if self.total >= 0 else None
        return total is None or total <= abs(amount(cell) or 0)


@dataclass(frozen=True, slots=True)
class StatusColumns:
    """All columns of a table that hold a status."""

    consents: tuple[BoundConsent, ...] = ()
    donation_rules: tuple[tuple[int, DonationRule], ...] = ()
    amounts: tuple[BoundAmount, ...] = ()
    counted: tuple[Counted, ...] = ()
    has_address: bool = False


def status_columns(
    header: Sequence[str],
    *,
    relayed: Collection[int],
    ignored: Collection[int],
    read: Mapping[int, Sequence[RowRule]],
    consent_kinds: Mapping[int, ConsentColumn],
) -> StatusColumns:
    """Return the columns that hold a status.

    `ignored` columns hold something else, `read` ones are those of a profile's rules. `consent_kinds` are those
    of columns that a person or a profile names.
    """
    consents: list[BoundConsent] = []
    donation_rules: list[tuple[int, DonationRule]] = []
    amounts: list[BoundAmount] = []
    counted: list[Counted] = []
    total = _total(header, relayed)
    for place, heading in enumerate(header):
        if place in relayed or place in ignored:
            continue
        name = " ".join(heading.split())
        donation = None if place in read else donation_column(heading)
        consent = _consent_of(heading, consent_kinds.get(place))
        if consent is not None and donation not in {DonationColumn.STATUS, DonationColumn.ACTION}:
            consents.append(BoundConsent(place, name, consent))
        if donation in _AMOUNTS:
            amounts.append(
                BoundAmount(place, name, donation, total if donation is DonationColumn.REFUND_AMOUNT else -1)
            )
        elif donation is not None:
            donation_rules.append((place, DonationRule(donation)))
        reading = _reading(heading, consent, donation)
        if any(rule.why(_NO_VALUE) is ReasonCode.DONATION_UNCLEAR for rule in read.get(place, ())):
            counted.append(Counted(place, name, Reading.KNOWN_VALUES, rules=tuple(read[place])))
        elif reading is not None and place not in read:
            counted.append(Counted(place, name, reading, donation))
    has_address = any(map(is_place_heading, header))
    return StatusColumns(tuple(consents), tuple(donation_rules), tuple(amounts), tuple(counted), has_address)


def _consent_of(heading: str, given: ConsentColumn | None) -> ConsentColumn | None:
    found = consent_column(heading)
    if given is None or found in _FULLY_READ:
        return found
    return None if is_other_channel(plain(heading)) else given


def _total(header: Sequence[str], relayed: Collection[int]) -> int:
    names = [plain(heading) if place not in relayed else "" for place, heading in enumerate(header)]
    return next((names.index(name) for name in TOTALS if name in names), -1)


def _reading(heading: str, consent: ConsentColumn | None, donation: DonationColumn | None) -> Reading | None:
    """Return how much of a column is read whose heading names a status; None where all of it is."""
    words = plain(heading)
    count = words.count(" ") + 1
    if (
        consent in _FULLY_READ
        or donation in _AMOUNTS
        or donation in {DonationColumn.ACTION, DonationColumn.REFUND_DETAIL}
    ):
        return None
    if _STATE.search(words) and not _SPEAKS.search(words) and donation is not DonationColumn.STATUS:
        return Reading.STATE if count <= _FEW_WORDS else None
    if donation is not None:
        return Reading.KNOWN_VALUES
    return Reading.NOT if _SPEAKS.search(words) and count <= _MOST_WORDS else None
