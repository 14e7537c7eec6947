"""One connection under any sequence of events: never a sixth failing attempt, and nothing where nothing may go."""

from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ac_desktop.model import rules
from ac_desktop.model.connection import CircuitState
from ac_desktop.model.rules import Failure, HeldByGuard, Success
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState
from tests.made_up import NOW


@dataclass
class _Kept:
    """A record as the rules see it."""

    state: RecordState = RecordState.WAITING
    tries: int = 0
    next_try_at: float = 0.0


class OneConnection(RuleBasedStateMachine):
    """Attempts start where the rules allow it, and end in any order and any way."""

    def __init__(self) -> None:
        super().__init__()
        self.circuit = CircuitState()
        self.now = NOW
        self.records: list[_Kept] = []
        self.in_flight: list[_Kept] = []
        self.failed_in_a_row = 0
        self.went_well_since_revival = True

    @initialize(count=st.integers(1, 30))
    def queue(self, count: int) -> None:
        self.records = [_Kept() for _ in range(count)]

    def due(self) -> list[_Kept]:
        return [kept for kept in self.records if kept.state is RecordState.WAITING and kept.next_try_at <= self.now]

    @rule(workers=st.integers(1, 4))
    def start(self, workers: int) -> None:
        for kept in self.due()[:workers]:
            if rules.may_attempt(self.circuit, len(self.in_flight), self.now):
                assert self.circuit.state is ConnectionState.ACTIVE
                assert self.circuit.wait_until <= self.now
                kept.state = RecordState.SENDING
                self.in_flight.append(kept)

    @precondition(lambda self: self.in_flight)
    @rule(pick=st.integers(0, 3))
    def succeed(self, pick: int) -> None:
        kept = self.in_flight.pop(pick % len(self.in_flight))
        applied = rules.apply_outcome(self.circuit, kept.tries, Success(), self.now)
        self.circuit, kept.state = applied.circuit, applied.state
        self.failed_in_a_row, self.went_well_since_revival = 0, True
        assert kept.state is RecordState.SENT
        assert (self.circuit.streak, self.circuit.wait_until) == (0, 0.0)

    @precondition(lambda self: self.in_flight)
    @rule(pick=st.integers(0, 3))
    def be_guarded(self, pick: int) -> None:
        kept = self.in_flight.pop(pick % len(self.in_flight))
        before = self.circuit
        applied = rules.apply_outcome(before, kept.tries, HeldByGuard(), self.now)
        kept.state = applied.state
        assert (applied.circuit, kept.state) == (before, RecordState.HELD)

    @precondition(lambda self: self.in_flight)
    @rule(pick=st.integers(0, 3), cause=st.sampled_from(Cause))
    def fail(self, pick: int, cause: Cause) -> None:
        kept = self.in_flight.pop(pick % len(self.in_flight))
        wait_before = rules.breathing_space_left(self.circuit, self.now)
        applied = rules.apply_outcome(self.circuit, kept.tries, Failure(cause), self.now)
        self.failed_in_a_row += 1
        assert applied.deactivated == (self.failed_in_a_row == rules.MOST_FAILURES_IN_A_ROW)
        self.circuit = applied.circuit
        kept.state, kept.tries, kept.next_try_at = applied.state, applied.tries, applied.next_try_at
        if cause is Cause.DONOR:
            assert kept.state is RecordState.FAILED
        elif cause is Cause.ACCOUNT:
            assert kept.state is RecordState.WAITING
        else:
            assert (kept.state is RecordState.FAILED) == (kept.tries >= rules.MOST_TRIES)
            if self.failed_in_a_row < rules.MOST_FAILURES_IN_A_ROW:
                grown = rules.breathing_space_left(self.circuit, self.now) - wait_before
                assert grown <= 2**self.failed_in_a_row
        assert (applied.outcome is Outcome.FAILED) == (kept.state is RecordState.FAILED)

    @precondition(lambda self: self.in_flight)
    @rule(pick=st.integers(0, 3))
    def be_killed(self, pick: int) -> None:
        """A killed attempt counts neither way; its record waits again."""
        self.in_flight.pop(pick % len(self.in_flight)).state = RecordState.WAITING

    @rule(seconds=st.sampled_from([0.5, 2.0, 4.0, 16.0, 31.0]))
    def let_time_pass(self, seconds: float) -> None:
        self.now += seconds

    @rule(seconds=st.sampled_from([1.0, 3600.0]))
    def set_the_clock_back(self, seconds: float) -> None:
        self.now -= seconds

    @rule()
    def pause(self) -> None:
        self.circuit = rules.paused(self.circuit)

    @rule()
    def resume(self) -> None:
        self.circuit = rules.resumed(self.circuit)

    @rule()
    def reactivate(self) -> None:
        self.circuit = rules.reactivated(self.circuit)
        self.failed_in_a_row, self.went_well_since_revival = 0, False

    @invariant()
    def the_streak_is_what_failed_in_a_row_and_never_a_sixth(self) -> None:
        assert self.circuit.streak == self.failed_in_a_row <= rules.MOST_FAILURES_IN_A_ROW

    @invariant()
    def inactive_is_exactly_five_in_a_row(self) -> None:
        assert (self.circuit.state is ConnectionState.INACTIVE) == (
            self.failed_in_a_row == rules.MOST_FAILURES_IN_A_ROW
        )

    @invariant()
    def those_in_flight_can_never_use_up_more_than_the_fuse(self) -> None:
        assert len(self.in_flight) <= max(1, rules.MOST_IN_FLIGHT - self.circuit.streak)
        assert self.circuit.streak + len(self.in_flight) <= rules.MOST_FAILURES_IN_A_ROW
        if self.circuit.state is ConnectionState.INACTIVE:
            assert not self.in_flight

    @invariant()
    def the_first_after_a_revival_goes_alone(self) -> None:
        if not self.went_well_since_revival:
            assert self.circuit.careful
            assert rules.allowed_in_flight(self.circuit) == 1

    @invariant()
    def no_wait_is_longer_than_the_rule(self) -> None:
        assert rules.breathing_space_left(self.circuit, self.now) <= rules.LONGEST_BREATHING_SPACE


OneConnection.TestCase.settings = settings(max_examples=100, stateful_step_count=40)
TestOneConnection = OneConnection.TestCase
