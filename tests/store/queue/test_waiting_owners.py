"""No workstation of an office keeps all of a connection's attempts while another one waits."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import Cause
from ac_desktop.store.queue.claims import Claim, IdleReason, NoClaim
from ac_desktop.store.queue.waiting_owners import ASKED_WITHIN
from tests.made_up import NOW, POSTGRES, Store, ended

pytestmark = pytest.mark.not_under_wine("the server is started on Linux")
WORKERS = 4


class Workstation:
    """A workstation that relays by four workers, in turns."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.claims: list[Claim] = []
        self.sent = 0

    def claim(self, connection: Connection, now: float) -> None:
        """Let each worker that has nothing to do claim, as the engine does."""
        while len(self.claims) < WORKERS:
            got = self.store.queue.claim_at_once(connection.id, now) or self.store.queue.claim(connection.id, now)
            if isinstance(got, NoClaim):
                assert got.idle is IdleReason.OTHERS
                return
            self.claims.append(got)

    def end_one(self, now: float) -> None:
        """Store the outcome of the oldest claim, and claim the next one along with it."""
        if self.claims:
            claim = self.claims.pop(0)
            assert self.store.queue.finish(claim, ended(claim, rules.Success()), now, then_claim=True) is not None
            self.sent += 1


@pytest.fixture
def stores(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[Store]]:
    with ExitStack() as opened:
        yield [opened.enter_context(Store(tmp_path / "data", POSTGRES)) for _ in range(getattr(request, "param", 2))]


def relay(stations: list[Workstation], connection: Connection, rounds: int, since: float = NOW) -> None:
    """Let all of them claim each second, and end what they hold in between."""
    for second in range(rounds):
        for station in stations:
            station.claim(connection, since + second)
        for station in stations:
            station.end_one(since + second + 0.5)


def test_two_workstations_share_the_attempts_by_halves(stores: list[Store]) -> None:
    first, second = Workstation(stores[0]), Workstation(stores[1])
    connection = first.store.connect()
    first.store.fill(connection, 60)
    relay([first], connection, 2)
    assert len(first.claims) >= WORKERS - 1
    relay([first, second], connection, 6, NOW + 2)
    first.claim(connection, NOW + 8)
    second.claim(connection, NOW + 8)
    assert (len(first.claims), len(second.claims)) == (2, 2)


@pytest.mark.parametrize("stores", [6], indirect=True)
def test_more_workstations_than_attempts_take_turns(stores: list[Store]) -> None:
    stations = [Workstation(store) for store in stores]
    connection = stations[0].store.connect()
    stations[0].store.fill(connection, 60)
    relay(stations, connection, 10)
    assert min(station.sent for station in stations) >= 3


def test_one_attempt_is_passed_on_after_each_failure(stores: list[Store]) -> None:
    first, second = stores[0], stores[1]
    connection = first.connect()
    first.fill(connection, 12)
    for _ in range(3):
        first.end(first.claim(connection), rules.Failure(Cause.DONOR))
    claim = first.claim(connection)
    for turn in range(6):
        mine, other = (first, second) if turn % 2 == 0 else (second, first)
        now = NOW + turn
        assert isinstance(other.queue.claim(connection.id, now), NoClaim)
        assert other.queue.claim_at_once(connection.id, now) is None
        mine.end(claim, rules.HeldByGuard(), now + 0.5)
        assert isinstance(mine.queue.claim(connection.id, now + 0.5), NoClaim)
        claim = other.claim(connection, now + 0.6)


def test_whoever_no_longer_asks_keeps_nobody_waiting(stores: list[Store]) -> None:
    first, second = stores[0], stores[1]
    connection = first.connect()
    first.fill(connection, 12)
    first.end(first.claim(connection), rules.Failure(Cause.DONOR))
    for _ in range(2):
        first.end(first.claim(connection), rules.Failure(Cause.DONOR))
    claim = first.claim(connection)
    assert isinstance(second.queue.claim(connection.id, NOW), NoClaim)
    first.end(claim, rules.HeldByGuard(), NOW + 0.5)
    assert isinstance(first.queue.claim(connection.id, NOW + 0.5), NoClaim)
    assert isinstance(first.queue.claim(connection.id, NOW + ASKED_WITHIN), Claim)


def test_a_relay_that_ends_waits_no_longer(stores: list[Store]) -> None:
    first, second = stores[0], stores[1]
    connection = first.connect()
    first.fill(connection, 12)
    for _ in range(3):
        first.end(first.claim(connection), rules.Failure(Cause.DONOR))
    claim = first.claim(connection)
    assert isinstance(second.queue.claim(connection.id, NOW), NoClaim)
    second.queue.end_waiting(connection.id)
    first.end(claim, rules.HeldByGuard(), NOW)
    assert isinstance(first.queue.claim(connection.id, NOW), Claim)


def test_alone_nothing_is_written_of_waiting(stores: list[Store]) -> None:
    first = stores[0]
    connection = first.connect()
    first.fill(connection, 12)
    for _ in range(rules.MOST_IN_FLIGHT):
        first.claim(connection)
    assert isinstance(first.queue.claim(connection.id, NOW), NoClaim)
    assert first.count("SELECT count(*) FROM waiting_owner") == 0
