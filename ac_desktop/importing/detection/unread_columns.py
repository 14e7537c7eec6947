"""Status columns whose values may have no effect: counted while rows are read, and told before they are queued."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Protocol

from ac_desktop.importing.values import consent_words
from ac_desktop.importing.values.cells import plain
from ac_desktop.importing.values.donation_status import DonationColumn, DonationState, read_donation_state
from ac_desktop.importing.values.file_consent import Consent, ConsentColumn, is_no, read_consent
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
