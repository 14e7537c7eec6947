"""Which columns of a table hold consent and the status of donations."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.importing.detection.unread_columns import Counted, Reading, RowRule, is_place_heading
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
    is_other_channel,
    read_consent,
)
from ac_desktop.model.reasons import ReasonCode

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
