"""The relay rules as functions: what an ended attempt means, how long the wait is, and which of two rows is relayed."""

import heapq
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ac_desktop.model import rules
from ac_desktop.model.connection import CircuitState, Connection
from ac_desktop.model.rules import DatedRow, Failure, HeldByGuard, Success
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState
from tests.made_up import NOW, settings

STANDINGS = st.builds(
    CircuitState,
    state=st.sampled_from(ConnectionState),
    streak=st.integers(0, 4),
    wait_until=st.floats(NOW - 100, NOW + 100),
    careful=st.booleans(),
)


@given(STANDINGS, st.integers(0, 4))
def test_a_success_sets_the_streak_to_0_and_clears_the_wait(circuit: CircuitState, tries: int) -> None:
    applied = rules.apply_outcome(circuit, tries, Success(), NOW)

    assert applied.circuit == replace(circuit, streak=0, wait_until=0.0, careful=False)
    assert (applied.state, applied.outcome, applied.deactivated) == (RecordState.SENT, Outcome.SENT, False)
    assert (applied.tries, applied.next_try_at) == (tries, 0.0)


@given(STANDINGS, st.integers(0, 4))
def test_a_guarded_relay_counts_neither_way(circuit: CircuitState, tries: int) -> None:
    applied = rules.apply_outcome(circuit, tries, HeldByGuard(), NOW)

    assert applied.circuit == circuit
    assert (applied.state, applied.outcome, applied.tries) == (RecordState.HELD, Outcome.HELD, tries)
    assert (applied.deactivated, applied.next_try_at) == (False, 0.0)


@pytest.mark.parametrize(("count", "seconds"), [(0, 2), (1, 2), (4, 16), (5, 16), (9, 16)])
def test_no_failure_makes_the_wait_longer_than_the_longest(count: int, seconds: float) -> None:
    assert rules.backoff(count) == seconds


@pytest.mark.parametrize("expected", [0.25, 1.0, 90.0])
def test_a_wait_that_was_asked_for_is_kept_to_the_second(expected: float) -> None:
    assert rules.busy_wait(expected, 3) == expected


@given(STANDINGS, st.integers(0, 4), st.sampled_from(Cause))
def test_every_cause_counts_towards_the_streak_and_the_fifth_makes_inactive(
    circuit: CircuitState, tries: int, cause: Cause
) -> None:
    applied = rules.apply_outcome(circuit, tries, Failure(cause), NOW)

    assert applied.circuit.streak == circuit.streak + 1
    fifth = circuit.streak == 4
    assert (applied.circuit.state is ConnectionState.INACTIVE) == (fifth or circuit.state is ConnectionState.INACTIVE)
    assert applied.deactivated == (fifth and circuit.state is not ConnectionState.INACTIVE)


@pytest.mark.parametrize("tries", range(5))
def test_a_refused_donor_has_failed_at_once_and_nobody_waits_for_them(tries: int) -> None:
    applied = rules.apply_outcome(CircuitState(), tries, Failure(Cause.DONOR), NOW)

    assert (applied.state, applied.outcome, applied.tries) == (RecordState.FAILED, Outcome.FAILED, tries)
    assert applied.circuit.wait_until == 0.0


@pytest.mark.parametrize("tries", range(5))
def test_the_accounts_fault_leaves_the_record_waiting_as_it_was(tries: int) -> None:
    applied = rules.apply_outcome(CircuitState(), tries, Failure(Cause.ACCOUNT), NOW)

    assert (applied.state, applied.outcome, applied.tries) == (RecordState.WAITING, Outcome.WAITING, tries)
    assert applied.next_try_at == 0.0
    assert applied.circuit.wait_until == 0.0


def test_a_passing_failure_is_tried_again_after_2_4_8_and_16_seconds_and_then_fails() -> None:
    tries, reported = 0, []
    for _ in range(5):
        applied = rules.apply_outcome(CircuitState(), tries, Failure(Cause.PASSING), NOW)
        tries = applied.tries
        reported.append((applied.state, applied.next_try_at - NOW))

    assert [wait for _, wait in reported[:4]] == [2, 4, 8, 16]
    assert [state for state, _ in reported] == [RecordState.WAITING] * 4 + [RecordState.FAILED]


def test_breathing_space_grows_by_2_4_8_and_16_seconds_also_side_by_side() -> None:
    circuit, waits = CircuitState(), []
    for _ in range(5):
        circuit = rules.apply_outcome(circuit, 0, Failure(Cause.PASSING), NOW).circuit
        waits.append(circuit.wait_until - NOW)

    assert waits == [2, 6, 14, 30, 30]
    assert circuit.state is ConnectionState.INACTIVE


def test_breathing_space_begins_at_the_failure_where_an_earlier_one_is_over() -> None:
    circuit = CircuitState(streak=1, wait_until=NOW - 50)

    assert rules.apply_outcome(circuit, 0, Failure(Cause.PASSING), NOW).circuit.wait_until == NOW + 4


@given(STANDINGS, st.floats(-1e6, 1e6))
def test_a_clock_set_back_never_lengthens_the_wait_beyond_the_rule(circuit: CircuitState, shift: float) -> None:
    left = rules.breathing_space_left(circuit, NOW + shift)

    assert 0 <= left <= 30
    assert left <= max(0.0, circuit.wait_until - (NOW + shift))
    after = rules.apply_outcome(circuit, 0, Failure(Cause.PASSING), NOW + shift).circuit
    assert rules.breathing_space_left(after, NOW + shift) <= 30


@pytest.mark.parametrize(("streak", "allowed"), [(0, 4), (1, 3), (2, 2), (3, 1), (4, 1)])
def test_fewer_go_side_by_side_as_the_streak_grows(streak: int, allowed: int) -> None:
    assert rules.allowed_in_flight(CircuitState(streak=streak)) == allowed
    assert rules.allowed_in_flight(CircuitState(streak=streak, careful=True)) == 1


@given(STANDINGS, st.integers(0, 5))
def test_nothing_starts_on_a_connection_that_is_not_active_or_waits(circuit: CircuitState, in_flight: int) -> None:
    may = rules.may_attempt(circuit, in_flight, NOW)

    assert may == (
        circuit.state is ConnectionState.ACTIVE
        and circuit.wait_until <= NOW
        and in_flight < (1 if circuit.careful else max(1, 4 - circuit.streak))
    )


@given(STANDINGS)
def test_pause_and_resume_do_not_revive_but_a_reactivation_does(circuit: CircuitState) -> None:
    inactive = replace(circuit, state=ConnectionState.INACTIVE)

    assert rules.paused(inactive) == rules.resumed(inactive) == rules.resumed(rules.paused(inactive)) == inactive
    assert rules.reactivated(inactive) == CircuitState(careful=True)


@given(STANDINGS)
def test_pause_and_resume_change_nothing_but_the_state(circuit: CircuitState) -> None:
    active = replace(circuit, state=ConnectionState.ACTIVE)
    paused = replace(circuit, state=ConnectionState.PAUSED)

    assert rules.paused(active) == rules.paused(paused) == paused
    assert rules.resumed(paused) == rules.resumed(active) == active


def test_busy_waits_as_asked_else_1_second_doubling_to_60() -> None:
    assert [rules.busy_wait(None, count) for count in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert rules.busy_wait(30.0, 5) == 30.0
    assert rules.busy_wait(0.0, 1) == 1.0
    assert rules.busy_wait(None, 10_000) == 60.0


def test_busy_becomes_a_failure_after_ten_minutes_in_all() -> None:
    assert not rules.busy_too_long(599.9)
    assert rules.busy_too_long(600.0)


@pytest.mark.parametrize("pace", [1, 2, 3, 4, 5])
def test_the_pace_is_2_to_4_percent_slower_than_its_setting(pace: int) -> None:
    assert 1.02 <= rules.pace_interval(pace) * pace <= 1.04


@given(
    workers=st.integers(1, 4),
    starts=st.floats(0, 40),
    length=st.floats(0, 29.99),
    durations=st.lists(st.floats(0.01, 45), min_size=1, max_size=12),
    jumps=st.lists(st.floats(0.02, 3), min_size=1, max_size=5),
)
@example(workers=4, starts=0.0, length=29.99, durations=[0.01], jumps=[0.05])
@example(workers=1, starts=0.0, length=29.99, durations=[0.01], jumps=[0.05])
@example(workers=4, starts=1.0, length=27.0, durations=[0.01, 45, 20, 3], jumps=[0.5])
def test_an_outage_shorter_than_30_seconds_never_deactivates(
    workers: int, starts: float, length: float, durations: list[float], jumps: list[float]
) -> None:
    """An attempt fails where any part of it falls into the outage; there are always donors enough."""
    circuit, now, begun = CircuitState(), 0.0, 0
    in_flight: list[tuple[float, float]] = []
    while now < starts + length + 60:
        while len(in_flight) < workers and rules.may_attempt(circuit, len(in_flight), now):
            heapq.heappush(in_flight, (now + durations[begun % len(durations)], now))
            begun += 1
        step = jumps[begun % len(jumps)]
        if in_flight and in_flight[0][0] <= now + step:
            now, began = heapq.heappop(in_flight)
            failed = began < starts + length and now > starts
            circuit = rules.apply_outcome(circuit, 0, Failure(Cause.PASSING) if failed else Success(), now).circuit
        else:
            now += step
        assert circuit.state is ConnectionState.ACTIVE


DATES = st.none() | st.integers(0, 4).map(lambda days: datetime(2026, 8, 1) + timedelta(days=days))  # noqa: DTZ001


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), DATES), max_size=12))
def test_of_one_donors_rows_the_newest_goes_and_each_other_names_it(made: list[tuple[str, datetime | None]]) -> None:
    rows = [DatedRow(number, f"{who}@example.org", when) for number, (who, when) in enumerate(made, 2)]

    gone = rules.duplicates(rows)

    for email in {row.email for row in rows}:
        ours = [row for row in rows if row.email == email]
        newest = max((row.when for row in ours if row.when is not None), default=None)
        goes = [row for row in ours if row.when in {None, newest}][-1]
        assert {row.row: gone.get(row.row) for row in ours} == {
            row.row: None if row is goes else goes.row for row in ours
        }


def test_a_connection_shows_what_its_settings_and_state_say() -> None:
    connection = Connection(id=1, settings=settings(), circuit=CircuitState(state=ConnectionState.PAUSED))

    assert (connection.name, connection.account, connection.state) == (
        "Spring",
        "acct.api-us1.com",
        ConnectionState.PAUSED,
    )
