"""The requests of a month and the hour between two fetches that nobody asked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ac_desktop.importing.sources.anedot_api import FetchProblem
from ac_desktop.practice.anedot_account import AnedotFault
from tests.importing.sources.anedot_support import DAY, Fetching, donation, fetching


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Fetching]:
    with fetching(tmp_path / "data") as made:
        yield made


def left(here: Fetching, uid: str = "") -> int:
    return here.services.anedot.accounts.requests_left(uid or here.server.uid, here.clock.now())


def test_the_count_survives_restarts_and_counts_what_failed(here: Fetching) -> None:
    here.fetch()
    here.accounts.fault = AnedotFault.ERROR_500
    here.fetch()
    here.restart()

    assert left(here) == 998
    assert here.fetch().requests_left == 997


def test_the_thousandth_request_is_the_last_of_the_month(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    for _ in range(999):
        here.services.anedot.accounts.take_request(here.server.uid, here.clock.now())

    two_days = here.fetch(DAY, DAY + timedelta(days=1))
    last = here.fetch()
    none_left = here.fetch()

    assert (two_days.problem, last.problem, none_left.problem) == (
        FetchProblem.NO_REQUESTS_LEFT,
        None,
        FetchProblem.NO_REQUESTS_LEFT,
    )
    assert (last.requests_left, left(here)) == (0, 0)
    assert len(here.accounts.asked) == 1
    assert here.services.anedot.accounts.take_request(here.server.uid, here.clock.now()) is None


def test_a_month_is_that_of_utc_and_a_clock_set_back_gives_nothing_back(here: Fetching) -> None:
    accounts, uid = here.services.anedot.accounts, here.server.uid
    last_second = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC).timestamp()
    accounts.take_request(uid, last_second)
    accounts.take_request(uid, last_second + 1)

    assert accounts.requests_left(uid, last_second) == 999
    assert accounts.requests_left(uid, last_second + 1) == 999
    accounts.take_request(uid, last_second)
    assert accounts.requests_left(uid, last_second) == 998


def test_the_connections_of_an_account_share_its_count_and_others_do_not(here: Fetching) -> None:
    here.fetch(connection=here.connect("Autumn", uid=here.server.uid.upper()))
    here.fetch()

    assert left(here) == 998
    assert left(here, "a2") == 1_000


def test_by_itself_an_account_is_asked_once_an_hour_and_a_person_may_at_any_time(here: Fetching) -> None:
    other = here.connect("Autumn")
    first = here.fetch(by_itself=True)
    began = here.clock.now()
    here.clock.advance(3_599)
    soon, of_other, by_person = here.fetch(by_itself=True), here.fetch(by_itself=True, connection=other), here.fetch()
    here.restart()
    after_restart = here.fetch(by_itself=True)
    here.clock.advance(1)
    later = here.fetch(by_itself=True)

    assert [one.problem for one in (first, by_person, later)] == [None, None, None]
    assert [one.problem for one in (soon, of_other, after_restart)] == [FetchProblem.TOO_SOON] * 3
    assert soon.not_before == began + 3_600
    assert len(here.accounts.asked) == 3


def test_by_itself_a_hundred_requests_of_the_month_are_left_to_people(here: Fetching) -> None:
    for _ in range(900):
        here.services.anedot.accounts.take_request(here.server.uid, here.clock.now())

    assert here.fetch(by_itself=True).problem is FetchProblem.NO_REQUESTS_LEFT
    assert here.fetch().problem is None


def test_a_month_of_hourly_fetches_stays_within_the_count(here: Fetching) -> None:
    here.clock.advance(_until_next_month(here.clock.now()))
    for _ in range(24 * 30):
        assert here.fetch(date(2026, 12, 1), by_itself=True).problem is None
        here.clock.advance(3_600)

    assert len(here.accounts.asked) == 720


def _until_next_month(now: float) -> float:
    today = datetime.fromtimestamp(now, UTC)
    first = datetime(today.year + today.month // 12, today.month % 12 + 1, 1, tzinfo=UTC)
    return first.timestamp() - now
