"""One rate limit for all workstations (rules 5 and 14): times reserved apart, cancelled when busy, only for a claim."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.rate_limits import ClaimFence, Reservation
from ac_desktop.store.engines.postgres import database as database_module
from ac_desktop.store.engines.postgres.rate_limit_store import AHEAD, MOST_DOUBT, PostgresRateLimitStore
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.claims import BulkResult, PageClaim
from ac_desktop.store.queue.read_back import ReadBackQueue
from tests.made_up import NOW, POSTGRES, Store
from tests.postgres_server import server
from tests.postgres_store import office_of
from tests.store.engines.postgres.workstations import Workstation, await_that, end_listening_connections, workstations

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")

ACCOUNT, OTHER = "acct.api-us1.com", "other.api-us1.com"
SLOW = 20.0
"""Seconds between two requests, so that no computer is too slow to see them apart."""


@pytest.fixture
def address(tmp_path: Path) -> OfficeAddress:
    return office_of(tmp_path / "data")


@pytest.fixture
def desks(address: OfficeAddress) -> Iterator[list[Workstation]]:
    with workstations(address) as opened:
        yield opened


def reserved(store: PostgresRateLimitStore, interval: float = SLOW, fence: ClaimFence | None = None) -> Reservation:
    """Reserve a time, which must be there."""
    got = store.reserve(ACCOUNT, interval, fence)
    assert got.at is not None, got
    return got


def test_times_are_reserved_a_step_apart_whoever_asks(desks: list[Workstation]) -> None:
    times: list[float] = []
    number = 0
    while len(times) < 8:
        got = desks[number % 2].limits.reserve(ACCOUNT, 0.3, None)
        number += 1
        if got.at is not None:
            assert got.at <= desks[0].limits.steady() + AHEAD
            times.append(got.at)
    assert min(after - before for before, after in pairwise(times)) >= 0.3 - 2 * MOST_DOUBT


def test_what_is_further_than_a_second_is_not_reserved_and_each_is_told_another_time(desks: list[Workstation]) -> None:
    reserved(desks[0].limits)
    told = [desk.limits.reserve(ACCOUNT, SLOW, None) for desk in desks]
    assert [one.at for one in told] == [None, None]
    assert told[0].again <= SLOW
    assert told[1].again > told[0].again + SLOW / 2
    assert desks[0].limits.reserve(OTHER, SLOW, None).at is not None


def test_a_server_whose_clock_is_set_back_grants_again_within_a_step(desks: list[Workstation]) -> None:
    reserved(desks[0].limits)
    with desks[0].database.writing() as sql:
        sql.execute("UPDATE pace SET next_at = next_at + 86400, queue_at = queue_at + 86400")
    assert desks[1].limits.reserve(ACCOUNT, 0.2, None).again <= AHEAD + 0.2 + 60.0
    with desks[0].database.writing() as sql:
        sql.execute("UPDATE pace SET busy_until = next_at + 86400")
    assert desks[1].limits.reserve(ACCOUNT, 0.2, None).busy <= 3600.0


def test_a_busy_answer_cancels_what_every_workstation_has_reserved(desks: list[Workstation]) -> None:
    one, other = desks
    mine, theirs = reserved(one.limits, 0.1), reserved(other.limits, 0.1)
    assert one.limits.is_current(mine)
    assert other.limits.is_current(theirs)

    assert one.limits.record_busy(ACCOUNT, 30.0, NOW, one.database.server_time.now()) == 30.0

    assert not one.limits.is_current(mine), "where it is known it counts at once"
    await_that(lambda: not other.limits.is_current(theirs))
    for desk in desks:
        assert 0 < desk.limits.reserve(ACCOUNT, 0.1, None).busy <= 30.0
        assert 0 < desk.limits.busy_left(ACCOUNT, NOW) <= 30.0
        assert desk.limits.busy_left(OTHER, NOW) == 0.0


def test_busy_waits_double_and_answers_of_one_busy_period_lengthen_it_once(desks: list[Workstation]) -> None:
    one, other = desks
    now = one.database.server_time.now()
    assert one.limits.record_busy(ACCOUNT, None, NOW, now) == 1.0
    assert other.limits.record_busy(ACCOUNT, None, NOW, now) <= 1.0
    assert other.limits.record_busy(ACCOUNT, 5.0, NOW, now) == 5.0
    assert one.limits.record_busy(ACCOUNT, None, NOW, now + 600.0) <= 5.0
    with one.database.writing() as sql:
        sql.execute("UPDATE pace SET busy_until = 0")
    assert one.limits.record_busy(ACCOUNT, None, NOW, now + 600.0) == 4.0


def test_an_answer_that_is_not_busy_makes_the_next_wait_small_unless_it_is_an_old_one(desks: list[Workstation]) -> None:
    limits, now = desks[0].limits, desks[0].database.server_time.now()
    limits.record_busy(ACCOUNT, 2.0, NOW, now)
    limits.record_success(ACCOUNT, now - 1.0)
    assert [tuple(row) for row in desks[0].database.rows("SELECT busy_in_a_row FROM pace")] == [(1,)]
    limits.record_success(ACCOUNT, now + 60.0)
    assert [tuple(row) for row in desks[0].database.rows("SELECT busy_in_a_row FROM pace")] == [(0,)]


def test_who_lost_the_connection_on_which_it_would_hear_gives_up_what_it_reserved(desks: list[Workstation]) -> None:
    one, other = desks
    mine, theirs = reserved(one.limits, 0.1), reserved(other.limits, 0.1)
    one.limits.reserve(ACCOUNT, 0.1, None)
    end_listening_connections(one.database)
    for desk, given in ((one, mine), (other, theirs)):
        await_that(partial(_listens_again, desk))
        assert not desk.limits.is_current(given), "another connection does not make up for it"
    assert one.limits.reserve(ACCOUNT, 0.1, None).again <= AHEAD


def _listens_again(desk: Workstation) -> bool:
    return desk.database.listener.proven() > 1


def test_nothing_that_was_reserved_before_a_crash_of_the_server_is_used_after_it(desks: list[Workstation]) -> None:
    given = reserved(desks[0].limits)
    server().crash()
    await_that(lambda: not desks[0].limits.is_current(given))
    await_that(lambda: desks[0].database.listener.proven() > 1)
    assert not desks[0].limits.is_current(given)


def test_a_time_is_only_for_whom_the_records_claim_belongs_to(tmp_path: Path, desks: list[Workstation]) -> None:
    with Store(tmp_path / "data", POSTGRES) as store:
        connection = store.connect()
        store.fill(connection, 1)
        claim = store.claim(connection)
        reserved(desks[0].limits, 0.01, claim.fence)

        assert store.queue.release(claim, 0.0, NOW)
        assert desks[0].limits.reserve(ACCOUNT, 0.01, claim.fence).is_lost
        again = store.claim(connection)
        assert desks[0].limits.reserve(ACCOUNT, 0.01, claim.fence).is_lost, "another claim of the same record"
        reserved(desks[1].limits, 0.01, again.fence)


def test_a_time_is_only_for_whom_the_bulk_requests_claim_belongs_to(tmp_path: Path, desks: list[Workstation]) -> None:
    with Store(tmp_path / "data", POSTGRES) as store:
        connection = store.connect()
        store.fill(connection, 3)
        bulk = BulkQueue(store.database, store.owners)
        claim = bulk.claim(connection.id, NOW, lambda contacts: range(len(contacts)), 250)
        assert claim is not None
        reserved(desks[0].limits, 0.01, claim.fence)
        assert bulk.release(claim, NOW)
        assert desks[0].limits.reserve(ACCOUNT, 0.01, claim.fence).is_lost


def test_a_time_is_only_for_whom_the_page_that_is_read_back_belongs_to(
    tmp_path: Path, desks: list[Workstation]
) -> None:
    log = AttemptLog(started_at=NOW, duration_ms=1, contact_payload=None, list_payload=None)
    with Store(tmp_path / "data", POSTGRES) as store:
        connection = store.connect()
        store.fill(connection, 3)
        bulk = BulkQueue(store.database, store.owners)
        sent = bulk.claim(connection.id, NOW, lambda contacts: range(len(contacts)), 250)
        assert sent is not None
        assert bulk.store_accepted(sent, "b-1", {}, (), NOW)
        assert bulk.finish(sent, BulkResult(end=rules.Taken(), reason=None, log=log), NOW)
        pages = ReadBackQueue(store.database, store.owners)
        claim = pages.claim(connection.id, NOW)
        assert isinstance(claim, PageClaim)
        reserved(desks[0].limits, 0.01, claim.fence)
        assert pages.release(claim, NOW)
        assert desks[0].limits.reserve(ACCOUNT, 0.01, claim.fence).is_lost


def test_a_lost_claim_takes_no_time_from_others(desks: list[Workstation], tmp_path: Path) -> None:
    with Store(tmp_path / "data", POSTGRES) as store:
        connection = store.connect()
        store.fill(connection, 1)
        claim = store.claim(connection)
        store.queue.release(claim, 0.0, NOW)
        for _ in range(3):
            assert desks[0].limits.reserve(ACCOUNT, SLOW, claim.fence).is_lost
        reserved(desks[1].limits)


def test_who_cannot_listen_is_told_that_the_server_is_away(
    desks: list[Workstation], monkeypatch: pytest.MonkeyPatch
) -> None:
    reserved(desks[0].limits)

    def refused(_address: OfficeAddress, _check: object) -> Connection:
        raise psycopg.OperationalError("connection refused")

    monkeypatch.setattr(database_module, "checked", refused)
    end_listening_connections(desks[1].database)
    await_that(lambda: not desks[0].database.listener.proven())
    with pytest.raises(StoreError) as told:
        desks[0].limits.reserve(ACCOUNT, SLOW, None)
    assert told.value.trouble is StoreProblem.AWAY
