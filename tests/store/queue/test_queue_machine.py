"""The queue beside a plain model of it, under any sequence of events of two programs."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ac_desktop.model import rules
from ac_desktop.model.connection import CircuitState, Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.rules import Failure, HeldByGuard, Success
from ac_desktop.model.states import Cause, ConnectionState, RecordState, Step
from ac_desktop.store.queue.claims import Claim, IdleReason, NoClaim
from ac_desktop.store.queue.records import BatchSource
from tests.at_length import mishaps
from tests.made_up import NOW, Store, ended, new_record
from tests.postgres_store import drop_offices
from tests.store.plain_rows import plain_rows
from tests.store.queue.twins import open_twins

ENDS = [Success(), HeldByGuard(), *map(Failure, Cause)]
NEW_STATES = [RecordState.WAITING] * 4 + [RecordState.HELD, RecordState.SKIPPED]


@dataclass
class _Kept:
    """What the model knows of a record."""

    batch: int
    state: RecordState
    step: Step = Step.CONTACT
    contact_id: str | None = None
    tries: int = 0
    next_try_at: float = 0.0
    holder: Store | None = None


@dataclass
class _Model:
    records: dict[int, _Kept] = field(default_factory=dict)
    open_batches: dict[int, Store] = field(default_factory=dict)
    attempts: int = 0
    failed_in_a_row: list[str] = field(default_factory=list)


class TheQueue(RuleBasedStateMachine):
    """Two programs on one connection; the other one may die at any moment."""

    def __init__(self, open_store: Callable[[Path], Store]) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ac-desktop-test-"))
        self.mine = open_store(self.folder)
        self.other = self.mine.another()
        self.connection: Connection = self.mine.connect()
        self.model = _Model()
        self.claims: list[tuple[Store, Claim]] = []
        self.lost: list[tuple[Store, Claim]] = []
        self.now = NOW
        self.row = 1

    def teardown(self) -> None:
        self.mine.close()
        self.other.close()
        shutil.rmtree(self.folder)

    def program(self, which: int) -> Store:
        return (self.mine, self.other)[which]

    def circuit(self) -> CircuitState:
        return self.mine.now_is(self.connection).circuit

    @initialize()
    def begin_with_some(self) -> None:
        self.open(0)
        self.add(0, [RecordState.WAITING] * 12)
        self.close(0)

    @rule(which=st.integers(0, 1))
    def open(self, which: int) -> None:
        store = self.program(which)
        batch = store.queue.open_batch(self.connection.id, BatchSource(kind="file", file_name="made-up.csv"), self.now)
        self.model.open_batches[batch] = store

    @precondition(lambda self: self.model.open_batches)
    @rule(pick=st.integers(0, 9), states=st.lists(st.sampled_from(NEW_STATES), max_size=4))
    def add(self, pick: int, states: list[RecordState]) -> None:
        batch = list(self.model.open_batches)[pick % len(self.model.open_batches)]
        made = []
        for state in states:
            self.row += 1
            made.append(new_record(self.row, state=state))
        before = set(self.mine.views.record_ids(self.connection.id)) | set(self.model.records)
        first = max(before, default=0)
        self.mine.queue.add(self.connection.id, batch, made, self.now)
        numbers = self.numbers_after(first)
        assert len(numbers) == len(states)
        self.model.records.update((number, _Kept(batch, state)) for number, state in zip(numbers, states, strict=True))

    def numbers_after(self, number: int) -> list[int]:
        rows = self.mine.database.rows("SELECT id FROM record WHERE id > ? ORDER BY id", (number,))
        return [row["id"] for row in rows]

    @precondition(lambda self: self.model.open_batches)
    @rule(pick=st.integers(0, 9), which=st.integers(0, 9))
    def correct(self, pick: int, which: int) -> None:
        batch = list(self.model.open_batches)[pick % len(self.model.open_batches)]
        ours = [number for number, kept in self.model.records.items() if kept.batch == batch]
        if not ours:
            return
        number = ours[which % len(ours)]
        row = self.mine.count("SELECT row FROM record WHERE id = ?", (number,))
        why = reason(ReasonCode.DUPLICATE_ROW, row=row + 1)
        self.mine.queue.correct(batch, [(number, RecordState.SKIPPED, why.to_json())], self.now)
        self.model.records[number].state = RecordState.SKIPPED

    @precondition(lambda self: self.model.open_batches)
    @rule(pick=st.integers(0, 9))
    def close(self, pick: int) -> None:
        batch = list(self.model.open_batches)[pick % len(self.model.open_batches)]
        del self.model.open_batches[batch]
        counts = self.mine.queue.close_batch(batch)
        states = [kept.state for kept in self.model.records.values() if kept.batch == batch]
        assert {state: counts.of(state) for state in RecordState} == {
            state: states.count(state) for state in RecordState
        }

    def forget_batch(self, batch: int) -> None:
        self.model.records = {number: kept for number, kept in self.model.records.items() if kept.batch != batch}

    @precondition(lambda self: self.model.open_batches)
    @rule(pick=st.integers(0, 9))
    def drop(self, pick: int) -> None:
        batch = list(self.model.open_batches)[pick % len(self.model.open_batches)]
        del self.model.open_batches[batch]
        self.mine.queue.drop_batch(batch)
        self.forget_batch(batch)

    @precondition(lambda self: self.model.records)
    @rule(pick=st.integers(0, 99))
    def withdraw(self, pick: int) -> None:
        batches = sorted({kept.batch for kept in self.model.records.values()} - set(self.model.open_batches))
        if not batches:
            return
        batch = batches[pick % len(batches)]
        going = [
            number
            for number, kept in self.model.records.items()
            if kept.batch == batch and kept.state is RecordState.WAITING
        ]
        assert self.mine.queue.withdraw(batch) == len(going)
        for number in going:
            del self.model.records[number]

    def reachable(self) -> list[int]:
        return [
            number
            for number, kept in sorted(self.model.records.items())
            if kept.state is RecordState.WAITING and kept.batch not in self.model.open_batches
        ]

    def in_flight(self) -> int:
        return sum(kept.state is RecordState.SENDING for kept in self.model.records.values())

    @rule(which=st.integers(0, 1), ends=st.lists(st.sampled_from(ENDS), min_size=1, max_size=3))
    def relay(self, which: int, ends: list[rules.AttemptEnd]) -> None:
        """Claim side by side, and end in order."""
        before = len(self.claims)
        for _ in ends:
            self.claim(which, None)
        for end in ends[: len(self.claims) - before]:
            self.finish(before, end)

    @rule(which=st.integers(0, 1), share=st.sampled_from([None, 0.5]))
    def claim(self, which: int, share: float | None) -> None:
        store, circuit = self.program(which), self.circuit()
        through = None if share is None else int(max(self.model.records, default=0) * share)
        got = store.queue.claim(self.connection.id, self.now, through)
        within = [number for number in self.reachable() if through is None or number <= through]
        due = [number for number in within if self.model.records[number].next_try_at <= self.now]
        if circuit.state is not ConnectionState.ACTIVE:
            assert got == NoClaim(IdleReason.STOPPED)
        elif not due and within:
            assert got == NoClaim(IdleReason.LATER, min(self.model.records[number].next_try_at for number in within))
        elif not due:
            assert got == NoClaim(IdleReason.OTHERS if self.in_flight() else IdleReason.DONE)
        elif circuit.wait_until > self.now:
            assert got == NoClaim(IdleReason.LATER, circuit.wait_until)
        elif self.in_flight() >= rules.allowed_in_flight(circuit):
            assert got == NoClaim(IdleReason.OTHERS)
        else:
            assert isinstance(got, Claim)
            kept = self.model.records[due[0]]
            assert (got.record_id, got.step, got.contact_id, got.tries) == (
                due[0],
                kept.step,
                kept.contact_id,
                kept.tries,
            )
            kept.state, kept.holder = RecordState.SENDING, store
            self.claims.append((store, got))

    @precondition(lambda self: self.claims)
    @rule(pick=st.integers(0, 9), again=st.booleans())
    def keep_or_forget_contact(self, pick: int, *, again: bool) -> None:
        store, claim = self.claims[pick % len(self.claims)]
        kept = self.model.records[claim.record_id]
        if again:
            assert store.queue.clear_contact(claim, self.now)
            kept.step, kept.contact_id = Step.CONTACT, None
        else:
            assert store.queue.store_contact(claim, str(claim.record_id), now=self.now)
            kept.step, kept.contact_id = Step.LIST, str(claim.record_id)

    @precondition(lambda self: self.claims)
    @rule(pick=st.integers(0, 9))
    def release(self, pick: int) -> None:
        store, claim = self.claims.pop(pick % len(self.claims))
        assert store.queue.release(claim, 0.0, self.now)
        self.model.records[claim.record_id].state = RecordState.WAITING
        self.lost.append((store, claim))

    @precondition(lambda self: self.claims)
    @rule(pick=st.integers(0, 9), end=st.sampled_from(ENDS))
    def finish(self, pick: int, end: rules.AttemptEnd) -> None:
        store, claim = self.claims.pop(pick % len(self.claims))
        kept, before = self.model.records[claim.record_id], self.circuit()
        settled = store.queue.finish(claim, ended(claim, end), self.now)
        assert settled == rules.apply_outcome(before, kept.tries, end, self.now)
        kept.state, kept.tries, kept.next_try_at = settled.state, settled.tries, settled.next_try_at
        self.model.attempts += 1
        if isinstance(end, Success):
            self.model.failed_in_a_row.clear()
        elif isinstance(end, Failure):
            self.model.failed_in_a_row.append(claim.donor.email)
        self.lost.append((store, claim))

    @precondition(lambda self: self.lost)
    @rule(pick=st.integers(0, 9))
    def use_a_lost_claim(self, pick: int) -> None:
        held = {claim.record_id for _, claim in self.claims}
        telling = [lost for lost in self.lost if lost[1].record_id in held] or self.lost
        store, claim = telling[pick % len(telling)]
        assert not store.queue.renew(claim, self.now)
        assert not store.queue.store_contact(claim, "99", now=self.now)
        assert not store.queue.release(claim, 1.0, self.now)
        assert store.queue.finish(claim, ended(claim, Success()), self.now) is None

    @precondition(lambda self: self.model.records)
    @rule(pick=st.integers(0, 99), from_the_start=st.booleans())
    def retry(self, pick: int, *, from_the_start: bool) -> None:
        number = list(self.model.records)[pick % len(self.model.records)]
        kept = self.model.records[number]
        may = kept.state in {RecordState.FAILED, RecordState.WAITING}
        assert self.mine.changes.retry([number], self.now, from_the_start=from_the_start) == int(may)
        if may:
            kept.state, kept.tries, kept.next_try_at = RecordState.WAITING, 0, 0.0
            if from_the_start:
                kept.step, kept.contact_id = Step.CONTACT, None

    @rule(seconds=st.sampled_from([1.0, 4.0, 31.0]))
    def let_time_pass(self, seconds: float) -> None:
        self.now += seconds

    @rule(what=st.sampled_from(["pause", "resume", "resume"]))
    def pause_or_resume(self, what: str) -> None:
        before = self.circuit()
        getattr(self.mine.connections, what)(self.connection.id, self.now)
        if before.state is ConnectionState.INACTIVE:
            assert self.circuit() == before

    @rule()
    def reactivate(self) -> None:
        self.mine.connections.reactivate(self.connection.id, self.now)
        self.model.failed_in_a_row.clear()
        assert self.circuit() == CircuitState(careful=True)

    @rule()
    def the_other_program_dies(self) -> None:
        dead = self.other
        dead.close()
        self.other = self.mine.another()
        self.mine.queue.release_dead(self.connection.id, self.now)
        for kept in self.model.records.values():
            if kept.state is RecordState.SENDING and kept.holder is dead:
                kept.state, kept.holder = RecordState.WAITING, None
        self.lost += [(self.mine, claim) for store, claim in self.claims if store is dead]
        self.claims = [(store, claim) for store, claim in self.claims if store is not dead]
        self.lost = [(self.mine if store is dead else store, claim) for store, claim in self.lost]
        for batch in [batch for batch, store in self.model.open_batches.items() if store is dead]:
            del self.model.open_batches[batch]
            self.forget_batch(batch)

    @invariant()
    def nobody_is_lost_and_each_is_where_the_model_says(self) -> None:
        rows = self.mine.database.rows("SELECT id, batch_id, state, step, contact_id, tries, next_try_at FROM record")
        assert {number: tuple(values) for number, *values in rows} == {
            number: (kept.batch, kept.state, kept.step, kept.contact_id, kept.tries, kept.next_try_at)
            for number, kept in self.model.records.items()
        }

    @invariant()
    def the_tally_is_what_counting_gives(self) -> None:
        counted = self.mine.database.rows(
            "SELECT connection_id, batch_id, state, COUNT(*) FROM record GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        tally = self.mine.database.rows("SELECT * FROM tally WHERE number <> 0 ORDER BY 1, 2, 3")
        assert plain_rows(tally) == plain_rows(counted)
        assert self.mine.count("SELECT COUNT(*) FROM source_row") == len(self.model.records)

    @invariant()
    def in_flight_and_streak_stay_within_the_fuse(self) -> None:
        circuit = self.circuit()
        in_flight = self.in_flight()
        assert in_flight <= max(1, rules.MOST_IN_FLIGHT - circuit.streak)
        assert circuit.streak == len(self.model.failed_in_a_row) <= rules.MOST_FAILURES_IN_A_ROW
        assert (circuit.state is ConnectionState.INACTIVE) == (circuit.streak == rules.MOST_FAILURES_IN_A_ROW)

    @invariant()
    def the_streak_names_those_who_failed(self) -> None:
        kept = set(self.emails())
        reported = self.mine.history.streak_attempts(self.connection.id, len(self.model.failed_in_a_row))
        if set(self.model.failed_in_a_row) <= kept:
            assert [attempt.email for attempt in reported] == self.model.failed_in_a_row

    def emails(self) -> list[str]:
        return [row["email"] for row in self.mine.database.rows("SELECT email FROM record")]


@pytest.mark.at_length
def test_the_queue_is_what_its_model_says() -> None:
    class InAFile(TheQueue):
        def __init__(self) -> None:
            super().__init__(Store)

    examples = mishaps(2 * settings().max_examples)
    run_state_machine_as_test(InAFile, settings=settings(max_examples=examples, stateful_step_count=50))


@pytest.mark.at_length
def test_both_engines_give_the_same_results_step_by_step() -> None:
    class OnBoth(TheQueue):
        def __init__(self) -> None:
            super().__init__(open_twins)

        def teardown(self) -> None:
            super().teardown()
            drop_offices()

    run_state_machine_as_test(OnBoth, settings=settings(max_examples=mishaps(60), stateful_step_count=50))
