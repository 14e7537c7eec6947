"""Nothing leaves by itself but what came in while the switch was on that is still on (rule 15)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from ac_desktop.model.states import RecordState
from ac_desktop.store.connections.automatic_relay import AutomaticRelays, RelayPermit
from ac_desktop.store.history.history import EventKind, History
from ac_desktop.store.queue.claims import Claim, IdleReason, NoClaim
from ac_desktop.store.queue.records import BatchSource
from tests.at_length import mishaps
from tests.made_up import NOW, Store, new_record, settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as made:
        yield made


def arrive(store: Store, connection_id: int, permit: RelayPermit | None, rows: int = 1, first: int = 2) -> int:
    """Queue made-up donors as a source does."""
    switches = AutomaticRelays(store.database)
    batch = store.queue.open_batch(connection_id, BatchSource(kind="file", file_name="made-up.csv"), NOW)
    store.queue.add(connection_id, batch, [new_record(row) for row in range(first, first + rows)], NOW)
    switches.cover(permit, batch)
    store.queue.close_batch(batch)
    return batch


def test_the_switch_is_off_until_a_person_turns_it_on_and_the_history_says_who(store: Store) -> None:
    connection, switches = store.connect(), AutomaticRelays(store.database)
    assert not switches.switch(connection.id).is_on
    assert switches.permit(connection.id) is None

    switches.turn_on(connection.id, NOW)
    switches.turn_on(connection.id, NOW + 1)
    switch = switches.switch(connection.id)
    assert switch.is_on
    assert switch.changed_at == NOW
    assert switch.changed_by
    switches.turn_off(connection.id, NOW + 2)
    switches.turn_off(connection.id, NOW + 3)

    events = [one for one in History(store.database).events(connection.id) if "automatic" in one.kind]
    assert [one.kind for one in events] == [EventKind.AUTOMATIC_ON, EventKind.AUTOMATIC_OFF]
    assert {one.who for one in events} == {switch.changed_by}


def test_what_comes_in_under_the_switch_is_claimed_and_what_was_there_is_not(store: Store) -> None:
    connection, switches = store.connect(), AutomaticRelays(store.database)
    arrive(store, connection.id, None)
    switches.turn_on(connection.id, NOW)
    arrive(store, connection.id, switches.permit(connection.id), first=5)

    assert switches.waiting(connection.id) == 1
    claim = store.queue.claim_automatic(connection.id, NOW)
    assert isinstance(claim, Claim)
    assert claim.donor.email == "donor5@example.org"
    assert store.queue.claim_automatic(connection.id, NOW) == NoClaim(IdleReason.OTHERS)


def test_a_person_can_say_that_what_waits_leaves_too(store: Store) -> None:
    connection, switches = store.connect(), AutomaticRelays(store.database)
    arrive(store, connection.id, None, rows=2)

    switches.turn_on(connection.id, NOW, with_waiting=True)

    assert switches.waiting(connection.id) == 2


def test_a_permission_ends_with_its_switch_and_a_new_one_does_not_revive_it(store: Store) -> None:
    connection, switches = store.connect(), AutomaticRelays(store.database)
    switches.turn_on(connection.id, NOW)
    permit = switches.permit(connection.id)
    arrive(store, connection.id, permit)
    switches.turn_off(connection.id, NOW)
    assert store.queue.claim_automatic(connection.id, NOW) == NoClaim(IdleReason.DONE)

    switches.turn_on(connection.id, NOW)
    arrive(store, connection.id, permit, first=7)

    assert switches.waiting(connection.id) == 0
    assert store.queue.claim_automatic(connection.id, NOW) == NoClaim(IdleReason.DONE)
    assert isinstance(store.queue.claim(connection.id, NOW), Claim)


def test_held_donors_are_never_covered(store: Store) -> None:
    connection, switches = store.connect(), AutomaticRelays(store.database)
    switches.turn_on(connection.id, NOW, with_waiting=True)
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file"), NOW)
    store.queue.add(connection.id, batch, [new_record(2, state=RecordState.HELD)], NOW)
    switches.cover(switches.permit(connection.id), batch)
    store.queue.close_batch(batch)

    assert switches.waiting(connection.id) == 0


def test_another_list_or_account_turns_the_switch_off(store: Store) -> None:
    connection, switches = store.connect(), AutomaticRelays(store.database)
    switches.turn_on(connection.id, NOW)
    store.connections.change(connection.id, settings("Another name"), NOW)
    assert switches.switch(connection.id).is_on

    store.connections.change(connection.id, settings(address="https://other.api-us1.com"), NOW)

    assert not switches.switch(connection.id).is_on


class EveryOrder(RuleBasedStateMachine):
    """A switch, sources that bring in donors at any moment, a person who pauses and resumes, and claims by themselves.

    The model knows of each donor under which turn of the switch it was read; whatever the order, only those of the turn
    that lasts are ever claimed by themselves, and none while the connection is not active.
    """

    permits = Bundle("permits")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name))
        self.connection = self.store.connect()
        self.switches = AutomaticRelays(self.store.database)
        self.turn = 0
        self.is_on = False
        self.is_paused = False
        self.next_row = 2
        self.allowed: dict[str, int | None] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(with_waiting=st.booleans())
    def turn_on(self, with_waiting: bool) -> None:  # noqa: FBT001  hypothesis names it
        self.switches.turn_on(self.connection.id, NOW, with_waiting=with_waiting)
        if not self.is_on:
            self.is_on, self.turn = True, self.turn + 1
        if with_waiting:
            self.allowed = dict.fromkeys(self.allowed, self.turn)

    @rule()
    def turn_off(self) -> None:
        self.switches.turn_off(self.connection.id, NOW)
        self.is_on = False

    @rule(target=permits)
    def begin_to_read(self) -> tuple[RelayPermit | None, int | None]:
        return self.switches.permit(self.connection.id), self.turn if self.is_on else None

    @rule(begun=consumes(permits), rows=st.integers(1, 3))
    def queue_what_was_read(self, begun: tuple[RelayPermit | None, int | None], rows: int) -> None:
        arrive(self.store, self.connection.id, begun[0], rows, self.next_row)
        self.allowed |= {f"donor{row}@example.org": begun[1] for row in range(self.next_row, self.next_row + rows)}
        self.next_row += rows

    @rule()
    def a_person_imports(self) -> None:
        self.store.fill(self.connection, [new_record(self.next_row)])
        self.allowed[f"donor{self.next_row}@example.org"] = None
        self.next_row += 1

    @rule()
    def pause_or_resume(self) -> None:
        self.is_paused = not self.is_paused
        change = self.store.connections.pause if self.is_paused else self.store.connections.resume
        change(self.connection.id, NOW)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store(Path(self.folder.name))
        self.switches = AutomaticRelays(self.store.database)

    @precondition(lambda self: self.allowed)
    @rule()
    def claim_by_itself(self) -> None:
        claim = self.store.queue.claim_automatic(self.connection.id, NOW)
        expected = {email for email, turn in self.allowed.items() if self.is_on and turn == self.turn}
        if isinstance(claim, Claim):
            assert not self.is_paused
            assert claim.donor.email in expected
            del self.allowed[claim.donor.email]
            assert self.store.queue.release(claim, 0.0, NOW)
            self.store.count("SELECT COUNT(*) FROM record")
            with self.store.database.writing() as sql:
                sql.execute("UPDATE record SET state = 'skipped' WHERE id = ?", (claim.record_id,))
        else:
            assert self.is_paused or not expected

    @invariant()
    def as_many_are_covered_as_the_switch_allows(self) -> None:
        covered = sum(self.is_on and turn == self.turn for turn in self.allowed.values())
        assert self.switches.waiting(self.connection.id) == covered
        assert self.switches.has_waiting(self.connection.id) == (covered > 0)


TestEveryOrder = pytest.mark.at_length(EveryOrder.TestCase)
TestEveryOrder.settings = hypothesis.settings(max_examples=mishaps(100))
