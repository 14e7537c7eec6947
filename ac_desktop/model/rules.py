"""The relay rules as pure functions: the five in a row, breathing space, busy, causes, duplicates, leases and pace.

Times are seconds since the epoch, passed by the caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ac_desktop.model.connection import CircuitState
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState

MOST_FAILURES_IN_A_ROW: Final = 5
"""Failed attempts in a row that make a connection inactive (integration page, Data relays)."""
MOST_IN_FLIGHT: Final = 4
MOST_TRIES: Final = 5
LONGEST_BREATHING_SPACE: Final = 30.0
BUSY_DEFAULT: Final = 1.0
BUSY_LONGEST_STEP: Final = 60.0
BUSY_LIMIT: Final = 600.0
BULK_PATIENCE: Final = 1800.0
"""Seconds for which a bulk request's result is asked for; how long ActiveCampaign takes is not documented."""
MOST_SINGLE_CHECKS: Final = 250
"""Donors of bulk requests whose contacts are requested one by one after the whole list was read without them."""
DEFAULT_RETENTION_DAYS: Final = 90
LONGEST_RETENTION_DAYS: Final = 3_650
KEEP_FOREVER: Final = 0
"""The number of days that means that no data is removed."""
LIST_SAMPLE: Final = 20
"""Donors relayed before it is decided whether the list is read to save requests."""
LIST_READ_ABOVE: Final = 100
"""Waiting donors above which the list may be read to save requests."""
LEASE: Final = 300.0
LEASE_RENEWAL: Final = LEASE / 5
PACE_MARGIN: Final = 1.025
OFFICE_PACE_MARGIN: Final = 1.04
"""Wider than on one computer, as the clocks of several are known only as well as a round trip to the server tells."""
CONSENT_GOOD_FOR: Final = 60.0
"""Seconds for which an attempt may rely on the memberships it read: computers sleep, and accounts are busy."""
GRANT_KEEPS: Final = PACE_MARGIN - 1.0
"""Seconds within which a granted request has to be sent. The grants of one second span that much more than a second, so
that requests sent in time never exceed the setting in any second."""
OFFICE_GRANT_KEEPS: Final = 0.02
"""Less than the margin: the rest is for what clocks and the ways to the account differ by."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed attempt's cause."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Success:
    """The donor is on the list."""


@dataclass(frozen=True, slots=True)
class HeldByGuard:
    """The consent guard ended the relay: neither a failure nor a success (rule 1)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A bulk request was processed; its donors are sent only once the list has them, so it is no success (rule 17)."""


AttemptEnd = Failure | Success | HeldByGuard | Taken


@dataclass(frozen=True, slots=True)
class AppliedOutcome:
    """The states of record and connection after an attempt, to be stored in one transaction."""

    circuit: CircuitState
    state: RecordState
    outcome: Outcome
    tries: int
    next_try_at: float
    deactivated: bool


def allowed_in_flight(circuit: CircuitState) -> int:
    """Return how many attempts may be in flight on a connection (rule 3)."""
    if circuit.careful:
        return 1
    return max(1, MOST_IN_FLIGHT - circuit.streak)


def may_attempt(circuit: CircuitState, in_flight: int, now: float) -> bool:
    """Whether one more attempt may start now (rules 2, 3 and 4)."""
    return (
        circuit.state is ConnectionState.ACTIVE
        and in_flight < allowed_in_flight(circuit)
        and breathing_space_left(circuit, now) <= 0
    )


def breathing_space_left(circuit: CircuitState, now: float) -> float:
    """Return the seconds until a connection may attempt again; a clock set back never exceeds the rule's maximum."""
    return min(max(0.0, circuit.wait_until - now), LONGEST_BREATHING_SPACE)


def apply_outcome(circuit: CircuitState, tries: int, end: AttemptEnd, now: float) -> AppliedOutcome:
    """Return the states after an attempt (rules 1, 2, 4 and 7).

    `tries` is the number of passing failures the record had before this attempt.
    """
    match end:
        case Success():
            after = replace(circuit, streak=0, wait_until=0.0, careful=False)
            return AppliedOutcome(after, RecordState.SENT, Outcome.SENT, tries, 0.0, deactivated=False)
        case HeldByGuard():
            return AppliedOutcome(circuit, RecordState.HELD, Outcome.HELD, tries, 0.0, deactivated=False)
        case Taken():
            return AppliedOutcome(circuit, RecordState.WAITING, Outcome.TAKEN, tries, 0.0, deactivated=False)
        case _:
            return _apply_failure(circuit, tries, end.cause, now)


def _apply_failure(circuit: CircuitState, tries: int, cause: Cause, now: float) -> AppliedOutcome:
    streak = circuit.streak + 1
    deactivated = streak >= MOST_FAILURES_IN_A_ROW and circuit.state is not ConnectionState.INACTIVE
    after = replace(
        circuit,
        streak=streak,
        state=ConnectionState.INACTIVE if streak >= MOST_FAILURES_IN_A_ROW else circuit.state,
        wait_until=_wait_after(circuit, streak, now) if cause is Cause.PASSING else circuit.wait_until,
    )
    state, next_try_at = RecordState.WAITING, 0.0
    if cause is Cause.DONOR:
        state = RecordState.FAILED
    elif cause is Cause.PASSING:
        tries += 1
        state = RecordState.FAILED if tries >= MOST_TRIES else RecordState.WAITING
        next_try_at = now + backoff(tries)
    outcome = Outcome.FAILED if state is RecordState.FAILED else Outcome.WAITING
    return AppliedOutcome(after, state, outcome, tries, next_try_at, deactivated)


def _wait_after(circuit: CircuitState, streak: int, now: float) -> float:
    """Return the end of the wait, which failures of concurrent attempts extend (rule 4)."""
    if streak >= MOST_FAILURES_IN_A_ROW:
        return circuit.wait_until
    return now + breathing_space_left(circuit, now) + backoff(streak)


def backoff(count: int) -> float:
    """Return the seconds to wait after the count-th failure: 2, 4, 8, 16."""
    return float(2 ** min(max(count, 1), MOST_FAILURES_IN_A_ROW - 1))


def reactivated(circuit: CircuitState) -> CircuitState:
    """Return the state after a reactivation: active, streak and wait cleared, one record at a time first."""
    return replace(circuit, state=ConnectionState.ACTIVE, streak=0, wait_until=0.0, careful=True)


def paused(circuit: CircuitState) -> CircuitState:
    """Return the state after a pause; an inactive connection stays inactive (rule 2)."""
    return replace(circuit, state=ConnectionState.PAUSED) if circuit.state is ConnectionState.ACTIVE else circuit


def resumed(circuit: CircuitState) -> CircuitState:
    """Return the state after a resume; an inactive connection stays inactive (rule 2)."""
    return replace(circuit, state=ConnectionState.ACTIVE) if circuit.state is ConnectionState.PAUSED else circuit


def busy_wait(retry_after: float | None, busy_in_a_row: int) -> float:
    """Return the seconds the whole account waits after a busy response (rule 5); `busy_in_a_row` counts from 1."""
    if retry_after is not None and retry_after > 0:
        return retry_after
    return min(BUSY_DEFAULT * 2.0 ** min(busy_in_a_row - 1, 10), BUSY_LONGEST_STEP)


def busy_too_long(waited: float) -> bool:
    """Whether a record's waiting for a busy account has become a failure (rule 5)."""
    return waited >= BUSY_LIMIT


def pace_interval(per_second: float, margin: float = PACE_MARGIN) -> float:
    """Return the seconds between two requests, a little slower than the setting (rule 14)."""
    return margin / per_second


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A valid row in scope, for rule 11; `when` is None where the file has no date."""

    row: int
    email: str
    when: datetime | None


def duplicates(rows: Iterable[DatedRow]) -> dict[int, int]:
    """Return the row that replaces each duplicate (rule 11): the newest of one e-mail; equal or no date, the later."""
    kept: dict[str, DatedRow] = {}
    replaced: list[DatedRow] = []
    for row in rows:
        before = kept.get(row.email)
        if before is None:
            kept[row.email] = row
        elif before.when is not None and row.when is not None and row.when < before.when:
            replaced.append(row)
        else:
            replaced.append(before)
            kept[row.email] = row if row.when is not None else replace(row, when=before.when)
    return {row.row: kept[row.email].row for row in replaced}
