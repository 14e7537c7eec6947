"""Any order of events: no sixth failing attempt, nobody's leaving undone, no record lost or in two states."""

import itertools
import tempfile
from collections import Counter
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ac_desktop.importing.corrections.edits import can_be_edited, save_edit
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.rules import MOST_FAILURES_IN_A_ROW
from ac_desktop.model.states import ConnectionState, Decision, RecordState
from ac_desktop.practice.faults import Bounced, Faults, Garbled, Incoming, Outage, OverLimit, Resubscribe
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.history.history import EventKind
from tests.at_length import some
from tests.delivery.dying import NEVER, die_relaying
from tests.delivery.support import DeliveryHarness
from tests.harness import PATIENCE
from tests.store.plain_rows import plain_rows

PEOPLE = [f"donor{number}@example.org" for number in range(36)] + ["o'brien@example.org"]
ANSWERS = [
    Faults(),
    Faults(refuse_everything=True),
    Faults(refuse_addresses=True),
    Faults(lapsed=True),
    Faults(always_busy=True),
    Faults(always_busy=True, over_limit=OverLimit.RETRY_30),
    Faults(outage=Outage.ERROR_500),
    Faults(outage=Outage.ERROR_503),
    Faults(outage=Outage.RESET_BEFORE),
    Faults(outage=Outage.RESET_AFTER),
    Faults(outage=Outage.ISSUES_PAGE_200),
    Faults(garbled=Garbled.EMPTY_OBJECT),
    Faults(garbled=Garbled.BROKEN_JSON),
    Faults(garbled=Garbled.ODD_ID),
    Faults(bulk_interrupted=True),
    Faults(bulk_lost=True),
    Faults(resubscribe=Resubscribe.REFUSED_422),
    Faults(bounced=Bounced.BECOMES_ACTIVE),
]
LEFT = [MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED]
CORRECTED = [RecordState.WAITING, RecordState.FAILED, RecordState.HELD]


class Meanwhile(Enum):
    """Small things that happen between relays."""

    TIME = "time passed"
    PAUSE = "paused"
    HOLD = "held by a person"
    RELEASE = "released"
    KEEP_PHONES = "phones kept"
    OVERWRITE = "phones overwritten"


SEEN: Counter[str] = Counter()
"""What happened in all examples together, so that the machine cannot come to generate nothing."""
EVENTS = {
    "both at once", "in bulk", "stopped", "died alone", "died in bulk", "decided keep", "decided skip",
    "decided resubscribe", "reactivated", "retried", "corrected", "left the list", "bulk request sent", "attempt sent",
    "attempt held", "failed donor", "failed account", "failed passing", "outdated", *(what.value for what in Meanwhile),
}  # fmt: skip
A_TURN = some(10, 4)
TURNS = some(10, 30)
"""How often more is tried where something has not happened yet: what happens depends on how threads take turns."""
ways = st.booleans()
which = st.sampled_from([0, 1])
ways_to_relay = st.sampled_from([(0,), (1,), (0, 1)])
some_people = st.one_of(
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6, unique=True),
    st.sampled_from([PEOPLE, PEOPLE[:15], PEOPLE[20:]]),
)
bad_spells = st.lists(st.tuples(st.sampled_from(ANSWERS), st.sampled_from([1, 3, 8, 40])), min_size=1, max_size=3)


class Delivery(RuleBasedStateMachine):
    """Two connections of one account with their records, the account with its people and bad spells, and time."""

    @initialize(workers=st.sampled_from([1, 2, 4]), days=st.permutations([9, 10, 11]))
    def begin(self, workers: int, days: list[int]) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="delivery-")
        self.harness = DeliveryHarness(Path(self.folder.name), workers=workers)
        self.harness.__enter__()
        self.connections = [self.harness.connect(), self.harness.connect("Autumn")]
        self.queued: Counter[int] = Counter()
        self.left: set[str] = set()
        self.asked_back: set[str] = set()
        self.newest: dict[str, int] = {}
        self.mistaken: dict[str, int] = {}
        for email in PEOPLE[3:9]:
            self.leave(email, LEFT[0])
        for at, people, day in zip((0, 1, 1), (PEOPLE[:24], PEOPLE[12:], PEOPLE[6:16]), days, strict=True):
            self.queue(at, people, day)

    def teardown(self) -> None:
        if hasattr(self, "harness"):
            self._count_attempts()
            self.harness.__exit__(None, None, None)
            self.folder.cleanup()

    def _count_attempts(self) -> None:
        for connection in self.connections:
            for attempt in self.harness.services.history.all_attempts(connection.id):
                SEEN["bulk request sent"] += attempt.donors > 1
                SEEN[f"failed {attempt.cause.value}" if attempt.cause else f"attempt {attempt.outcome.value}"] += 1
                contact = attempt.contact_payload.get("contact")
                SEEN["outdated"] += isinstance(contact, dict) and set(contact) == {"email"}

    @rule(which=which, people=some_people, day=st.integers(min_value=1, max_value=28))
    def queue(self, which: int, people: list[str], day: int) -> None:
        dated = [(Donor(email=email, first_name=f"Name{day}"), f"2026-01-{day:02}") for email in people]
        self.harness.queue_dated(self.connections[which], *dated)
        self.queued[which] += len(people)

    @rule(email=st.sampled_from(PEOPLE[:-1]), status=st.sampled_from(LEFT))
    def leave(self, email: str, status: MemberStatus) -> None:
        self.harness.stand(email, status)
        self.left.add(email)
        SEEN["left the list"] += 1
        self.asked_back.discard(email)
        pending = self.harness.services.database.rows(
            "SELECT 1 FROM record WHERE email = ? AND resubscribe = 1 AND state = 'waiting'", (email,)
        )
        if pending:
            self.asked_back.add(email)

    @rule(which=ways_to_relay, people=some_people, in_bulk=ways, spells=bad_spells, on_imports=ways)
    def relay_through_bad_spells(
        self,
        which: tuple[int, ...],
        people: list[str],
        in_bulk: bool,  # noqa: FBT001
        spells: list[tuple[Faults, int]],
        on_imports: bool,  # noqa: FBT001
    ) -> None:
        answers = iter([faults for faults, length in spells for _ in range(length)])

        def next_spell(incoming: Incoming) -> Faults | None:
            return None if on_imports and not incoming.path.startswith("import/") else next(answers, None)

        self.queue(which[-1], people, 12)
        self.harness.account.set_schedule(next_spell)
        self._relay(which, in_bulk=in_bulk)

    @rule(which=ways_to_relay, people=some_people, in_bulk=ways, requests=st.integers(min_value=1, max_value=6))
    def relay_and_stop(self, which: tuple[int, ...], people: list[str], in_bulk: bool, requests: int) -> None:  # noqa: FBT001
        seen = itertools.count(1)

        def stop(incoming: Incoming) -> None:
            if (not in_bulk or incoming.path.startswith("import/")) and next(seen) == requests:
                for at in which:
                    self.harness.services.engine.halt(self.connections[at].id)

        self.queue(which[0], people, 8)
        self.harness.account.set_schedule(stop)
        self._relay(which, in_bulk=in_bulk)
        self.harness.restart()
        SEEN["stopped"] += 1

    @rule(which=which, in_bulk=ways, requests=st.sampled_from([0, 1, 2, NEVER]), after_sending=ways)
    def crash(self, which: int, in_bulk: bool, requests: int, after_sending: bool) -> None:  # noqa: FBT001
        """Another process claims and dies: before a request, with its answer lost, or before it could keep the end."""
        connection = self.connections[which]
        self.queue(which, PEOPLE[9:30] if in_bulk else PEOPLE[:3], 13)
        if die_relaying(self.harness, connection, requests, in_bulk=in_bulk, after_sending=after_sending):
            SEEN["died in bulk" if in_bulk else "died alone"] += 1
        self._let_the_account_work_off()

    def _relay(self, which: tuple[int, ...], *, in_bulk: bool) -> None:
        engine = self.harness.services.engine
        SEEN["both at once"] += len(which) > 1
        SEEN["in bulk"] += in_bulk
        for at in which:
            engine.start(self.connections[at].id, in_bulk=in_bulk)
        for at in which:
            assert engine.join(self.connections[at].id, PATIENCE), "the relay did not end"
        engine.stop()
        self.harness.account.set_schedule(())
        self._let_the_account_work_off()

    def _let_the_account_work_off(self) -> None:
        """Finish what is in the account's own import queue: nobody knows of an import whose answer was lost."""
        self.harness.clock.advance(60)
        self.harness.account.contacts()

    @rule(which=which, decision=st.sampled_from(Decision))
    def decide(self, which: int, decision: Decision) -> None:
        """Decide once each way, and one way about everybody else."""
        held = self.harness.services.decisions.held(self.connections[which].id, by_consent=True)
        each_way = list(zip(Decision, ([number] for number in held), strict=False))
        for chosen, numbers in [*each_way, (decision, held[len(each_way) :])]:
            people = {record.donor.email for record in self.harness.services.record_reader.by_ids(numbers)}
            self.harness.services.decisions.decide(numbers, chosen, self.harness.clock.now(), why="Asked by letter")
            SEEN[f"decided {chosen.value}"] += len(numbers)
            if chosen is Decision.RESUBSCRIBE:
                self.asked_back |= people

    @rule(which=which, things=st.lists(st.sampled_from(Meanwhile), min_size=2, max_size=4, unique=True))
    def meanwhile(self, which: int, things: list[Meanwhile]) -> None:
        for what in things:
            self._let_happen(which, what)
            SEEN[what.value] += 1

    def _let_happen(self, which: int, what: Meanwhile) -> None:
        services, number, now = self.harness.services, self.connections[which].id, self.harness.clock.now()
        records = services.record_reader.record_ids(number)
        match what:
            case Meanwhile.TIME:
                self.harness.clock.advance(400)
            case Meanwhile.PAUSE:
                services.connections.pause(number, now)
                self._relay((which,), in_bulk=True)
                services.connections.resume(number, now)
            case Meanwhile.HOLD:
                services.bulk_changes.hold(records[:2], now)
            case Meanwhile.RELEASE:
                services.bulk_changes.release(records, now)
            case Meanwhile.KEEP_PHONES | Meanwhile.OVERWRITE:
                kept = frozenset({ContactField.PHONE} if what is Meanwhile.KEEP_PHONES else ())
                services.connections.change(number, replace(self._now(which).settings, keep_fields=kept, pace=3), now)

    @rule(which=which, revived=ways)
    def break_down(self, which: int, revived: bool) -> None:  # noqa: FBT001
        """Five in a row, while everything goes wrong."""
        self.queue(which, PEOPLE[30:], 14)
        self.harness.account.set_schedule(lambda _: Faults(lapsed=True))
        self._relay((which,), in_bulk=False)
        assert self._now(which).state is ConnectionState.INACTIVE
        if revived:
            self.reactivate_and_retry(from_the_start=False)

    @rule(from_the_start=ways)
    def reactivate_and_retry(self, from_the_start: bool) -> None:  # noqa: FBT001
        services, now = self.harness.services, self.harness.clock.now()
        for at, connection in enumerate(self.connections):
            if self._now(at).state is ConnectionState.INACTIVE:
                services.connections.reactivate(connection.id, now)
                SEEN["reactivated"] += 1
            failed = services.record_reader.record_ids(connection.id, RecordState.FAILED)
            SEEN["retried"] += services.bulk_changes.retry(failed, now, from_the_start=from_the_start)

    @rule(which=which, email=st.sampled_from(PEOPLE), state=st.sampled_from(CORRECTED))
    def correct_an_address(self, which: int, email: str, state: RecordState) -> None:
        records = [record for record in self.harness.records(self.connections[which]) if can_be_edited(record)]
        for record in sorted(records, key=lambda record: record.state is not state)[:1]:
            self.harness.clock.advance(1)
            services, now = self.harness.services, self.harness.clock.now()
            if save_edit(services.record_edits, record, {"email": email}, self._now(which), now):
                SEEN["corrected"] += 1
                # The donation was somebody else's all along, even where the account has heard of it already.
                self.newest.pop(record.donor.email, None)
                self.mistaken[record.donor.email] = _day(record.donor.first_name)

    def _records_of(self, email: str) -> list[tuple[object, ...]]:
        rows = self.harness.services.database.rows(
            "SELECT id, connection_id, donated_at, state, step, contact_id, cause, reason, bulk_batch_id, tries"
            " FROM record WHERE email = ?",
            (email,),
        )
        return plain_rows(rows)

    def _now(self, which: int) -> Connection:
        return self.harness.now_is(self.connections[which])

    @invariant()
    def the_receipt_balances_and_no_record_stands_twice(self) -> None:
        if not hasattr(self, "harness"):
            return
        for at, connection in enumerate(self.connections):
            counts = self.harness.counts(connection)
            records = self.harness.records(connection)
            assert counts.rows == len(records) == self.queued[at]
            assert len({record.id for record in records}) == len(records)
            stand = Counter(record.state for record in records)
            assert all(counts.of(state) == stand[state] for state in RecordState)

    @invariant()
    def no_leaving_is_undone(self) -> None:
        if not hasattr(self, "harness"):
            return
        active = {contact.email for contact in self.harness.account.members("1")}
        assert not active & (self.left - self.asked_back)

    @invariant()
    def never_a_sixth_failing_attempt(self) -> None:
        if not hasattr(self, "harness"):
            return
        history = self.harness.services.history
        for connection in self.connections:
            revived = {
                event.after_attempt
                for event in history.events(connection.id, limit=10_000)
                if event.kind is EventKind.REACTIVATED
            }
            in_a_row = 0
            for attempt in history.all_attempts(connection.id):
                in_a_row = in_a_row + 1 if attempt.cause else in_a_row if attempt.outcome in {"held", "taken"} else 0
                assert attempt.streak == in_a_row <= MOST_FAILURES_IN_A_ROW
                if attempt.id in revived:
                    in_a_row = 0

    @invariant()
    def whoever_is_sent_is_known_to_the_account(self) -> None:
        if not hasattr(self, "harness"):
            return
        known = {contact.email for contact in self.harness.account.contacts()}
        on_list = {contact.email for contact in self.harness.account.members("1", None)}
        for connection in self.connections:
            sent = {record.donor.email for record in self.harness.records(connection, RecordState.SENT)}
            assert sent <= known & on_list

    @invariant()
    def no_older_donation_overwrites_a_newer_one(self) -> None:
        if not hasattr(self, "harness"):
            return
        for contact in self.harness.account.contacts():
            if contact.first_name and (day := _day(contact.first_name)) != self.mistaken.get(contact.email):
                assert day >= self.newest.get(contact.email, 0), self._records_of(contact.email)
                self.newest[contact.email] = day


def _day(first_name: str) -> int:
    return int(first_name.removeprefix("Name"))


@pytest.mark.timeout(600)
@pytest.mark.at_length
def test_in_every_order_of_events_nobody_is_lost_put_back_or_overwritten() -> None:
    SEEN.clear()
    for turn in range(TURNS):
        run_state_machine_as_test(
            seed(turn)(Delivery),
            settings=settings(
                max_examples=A_TURN if turn else some(30, A_TURN),
                stateful_step_count=16,
                deadline=None,
                # Threads take turns as they like: a failing example is not wholly repeatable and cannot be shrunk.
                phases=[Phase.generate],
                database=None,
                derandomize=True,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
        if all(SEEN[event] for event in EVENTS):
            break
    print(f"\n{dict(sorted(SEEN.items()))}")  # noqa: T201  a figure for the reader
    assert not {event for event in EVENTS if not SEEN[event]}
