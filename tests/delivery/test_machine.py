"""Any order of events: no sixth failing attempt, nobody's leaving undone, no record lost or in two states."""

import itertools
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ac_desktop.model.donor import Donor
from ac_desktop.model.rules import FUSE
from ac_desktop.model.states import ConnectionState, Decision, RecordState
from ac_desktop.practice.faults import Bounced, Faults, Garbled, Incoming, Outage, OverLimit, Resubscribe
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.history import EventKind
from tests.delivery.support import DeliveryDesk

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
ways = st.booleans()
some_people = st.one_of(
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6, unique=True),
    st.sampled_from([PEOPLE, PEOPLE[:15], PEOPLE[20:]]),
)
bad_spells = st.lists(
    st.tuples(st.sampled_from(ANSWERS), st.integers(min_value=1, max_value=8)), min_size=1, max_size=3
)


class Delivery(RuleBasedStateMachine):
    """A connection with its records, an account with its people and its bad spells, and time."""

    @initialize(workers=st.sampled_from([1, 2, 4]))
    def begin(self, workers: int) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="delivery-")
        self.desk = DeliveryDesk(Path(self.folder.name), workers=workers)
        self.desk.__enter__()
        self.connection = self.desk.connect()
        self.queued = 0
        self.days = itertools.count()
        self.left: set[str] = set()
        self.asked_back: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.__exit__(None, None, None)
            self.folder.cleanup()

    @rule(people=some_people)
    def queue(self, people: list[str]) -> None:
        day = next(self.days)
        dated = [(Donor(email=email, first_name=f"Name{day}"), f"2026-01-{day % 28 + 1:02}") for email in people]
        self.desk.queue_dated(self.connection, *dated)
        self.queued += len(people)

    @rule(email=st.sampled_from(PEOPLE[:-1]), status=st.sampled_from([MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED]))
    def leave(self, email: str, status: MemberStatus) -> None:
        self.desk.stand(email, status)
        self.left.add(email)
        self.asked_back.discard(email)
        pending = self.desk.services.database.rows(
            "SELECT 1 FROM record WHERE email = ? AND resubscribe AND state = 'waiting'", (email,)
        )
        if pending:
            self.asked_back.add(email)

    @rule(in_bulk=ways, spells=bad_spells, on_imports=ways)
    def relay_through_bad_spells(
        self,
        in_bulk: bool,  # noqa: FBT001
        spells: list[tuple[Faults, int]],
        on_imports: bool,  # noqa: FBT001
    ) -> None:
        answers = iter([faults for faults, length in spells for _ in range(length)])

        def next_spell(incoming: Incoming) -> Faults | None:
            return None if on_imports and not incoming.path.startswith("import/") else next(answers, None)

        self.desk.account.set_schedule(next_spell)
        self._relay(in_bulk=in_bulk)

    @rule(in_bulk=ways)
    def relay(self, in_bulk: bool) -> None:  # noqa: FBT001
        self._relay(in_bulk=in_bulk)

    @rule(in_bulk=ways, requests=st.integers(min_value=1, max_value=6))
    def relay_and_stop(self, in_bulk: bool, requests: int) -> None:  # noqa: FBT001
        seen = itertools.count(1)

        def stop(incoming: Incoming) -> None:
            if (not in_bulk or incoming.path.startswith("import/")) and next(seen) == requests:
                self.desk.services.engine.halt(self.connection.id)

        self.desk.account.set_schedule(stop)
        self._relay(in_bulk=in_bulk)
        self.desk.restart()

    def _relay(self, *, in_bulk: bool) -> None:
        if in_bulk:
            self.desk.relay_in_bulk(self.connection)
        else:
            self.desk.relay(self.connection)
        self.desk.account.set_schedule(())

    @rule(decision=st.sampled_from(Decision), everybody=ways)
    def decide(self, decision: Decision, everybody: bool) -> None:  # noqa: FBT001
        held = self.desk.held(self.connection)
        chosen = held if everybody else held[:1]
        self.desk.services.decisions.decide(chosen, decision, self.desk.clock.now(), why="Asked by letter")
        if decision is Decision.RESUBSCRIBE:
            self.asked_back |= {record.donor.email for record in self.desk.services.views.by_ids(chosen)}

    @rule(seconds=st.sampled_from([1, 20, 400, 4000]))
    def let_time_pass(self, seconds: int) -> None:
        self.desk.clock.advance(seconds)

    @rule()
    def pause_and_resume(self) -> None:
        self.desk.services.connections.pause(self.connection.id, self.desk.clock.now())
        self._relay(in_bulk=True)
        self.desk.services.connections.resume(self.connection.id, self.desk.clock.now())

    @precondition(lambda self: self.desk.now_is(self.connection).state is ConnectionState.INACTIVE)
    @rule()
    def reactivate(self) -> None:
        self.desk.services.connections.reactivate(self.connection.id, self.desk.clock.now())

    @rule()
    def retry_the_failed(self) -> None:
        failed = self.desk.services.views.record_ids(self.connection.id, RecordState.FAILED)
        self.desk.services.changes.retry(failed, self.desk.clock.now())

    @invariant()
    def the_receipt_balances_and_no_record_stands_twice(self) -> None:
        if not hasattr(self, "desk"):
            return
        counts = self.desk.counts(self.connection)
        records = self.desk.records(self.connection)
        assert counts.rows == len(records) == self.queued
        stand = Counter(record.state for record in records)
        assert all(counts.of(state) == stand[state] for state in RecordState)
        assert counts.sending == 0

    @invariant()
    def no_leaving_is_undone(self) -> None:
        if not hasattr(self, "desk"):
            return
        active = {contact.email for contact in self.desk.account.members("1")}
        assert not active & (self.left - self.asked_back)

    @invariant()
    def never_a_sixth_failing_attempt(self) -> None:
        if not hasattr(self, "desk"):
            return
        history = self.desk.services.history
        revived = {
            event.after_attempt
            for event in history.events(self.connection.id, limit=10_000)
            if event.kind is EventKind.REACTIVATED
        }
        in_a_row = 0
        for attempt in history.all_attempts(self.connection.id):
            in_a_row = in_a_row + 1 if attempt.cause else in_a_row if attempt.outcome == "held" else 0
            assert attempt.streak == in_a_row <= FUSE
            if attempt.id in revived:
                in_a_row = 0

    @invariant()
    def whoever_is_sent_is_known_to_the_account(self) -> None:
        if not hasattr(self, "desk"):
            return
        known = {contact.email for contact in self.desk.account.contacts()}
        on_list = {contact.email for contact in self.desk.account.members("1", None)}
        sent = {record.donor.email for record in self.desk.records(self.connection, RecordState.SENT)}
        assert sent <= known & on_list


Delivery.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=14,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
TestDelivery = Delivery.TestCase
