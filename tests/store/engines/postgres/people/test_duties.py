"""One workstation of an office has the duty of an account: for a while, by the server's clock, and a service first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.owners import PostgresOwners
from ac_desktop.store.engines.postgres.people.duties import PostgresDuties
from ac_desktop.store.office.duty import DUTY_LASTS, DutyHolder, DutyWish
from tests.postgres_store import office_of
from tests.store.engines.postgres.workstations import await_that, elsewhere, end_listening_connections, workstations

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
ACCOUNT = "acct"
LEFT = "SELECT until - extract(epoch FROM clock_timestamp()) AS left FROM duty"


@dataclass(frozen=True)
class Desk:
    """A workstation with its duties."""

    database: PostgresDatabase
    owners: PostgresOwners
    duties: PostgresDuties

    def take(self, wish: DutyWish = DutyWish.ANYONE) -> bool:
        return self.duties.take(ACCOUNT, wish)

    def asked_anew(self) -> "Desk":
        """Return the same workstation, which knows nothing of what others have."""
        return Desk(self.database, self.owners, PostgresDuties(self.database, self.owners))

    def expire(self) -> None:
        with self.database.writing() as sql:
            sql.execute("UPDATE duty SET until = 1")


@contextmanager
def office_of_desks(folder: Path, number: int) -> Iterator[list[Desk]]:
    with workstations(office_of(folder), number) as opened:
        desks = []
        for place, one in enumerate(opened):
            owners = one.owners(f"Desk {place}", elsewhere(place))
            desks.append(Desk(one.database, owners, PostgresDuties(one.database, owners)))
        yield desks
        for desk in desks:
            desk.duties.close()
            desk.owners.close()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Desk]]:
    with office_of_desks(tmp_path / "data", 3) as opened:
        yield opened


def test_one_has_it_until_it_gives_it_back(desks: list[Desk]) -> None:
    one, other, _ = desks
    assert one.take()
    assert one.take()
    assert not other.take()
    assert other.duties.take("another account")
    one.duties.leave(ACCOUNT)
    assert other.asked_anew().take()
    assert not one.take()


def test_what_a_program_has_is_free_once_it_ends(desks: list[Desk]) -> None:
    one, other, _ = desks
    assert one.take(DutyWish.HERE)
    one.duties.close()
    assert other.take()


def test_it_expires_by_the_servers_clock_and_whoever_had_it_learns_of_it(desks: list[Desk]) -> None:
    one, other, _ = desks
    assert one.take()
    one.expire()
    assert other.take()
    one.database.beat_now()
    await_that(lambda: not one.take())


def test_it_is_renewed_with_each_beat_also_after_the_connection_was_lost(desks: list[Desk]) -> None:
    one = desks[0]
    assert one.take()
    for disturb in (one.database.beat_now, lambda: end_listening_connections(desks[1].database)):
        one.expire()
        disturb()
        await_that(lambda: DUTY_LASTS - 5 < float(one.database.rows(LEFT)[0]["left"]) <= DUTY_LASTS)
    assert not desks[1].take()


def test_of_a_program_that_died_on_this_computer_it_is_taken_at_once(desks: list[Desk]) -> None:
    one = desks[0]
    beside = PostgresOwners(desks[1].database, "Desk 0", "ana", elsewhere(0))
    died = PostgresDuties(desks[1].database, beside)
    assert died.take(ACCOUNT, DutyWish.SERVICE)
    beside.close()
    assert one.take()


def test_a_service_goes_first_then_whom_a_person_chose_last_then_anyone(desks: list[Desk]) -> None:
    one, other, service = desks
    assert one.take()
    assert other.take(DutyWish.HERE)
    assert not one.asked_anew().take()
    assert one.take(DutyWish.HERE), "the last choice counts"
    assert service.take(DutyWish.SERVICE)
    assert not one.asked_anew().take(DutyWish.HERE)
    assert not other.asked_anew().take(DutyWish.SERVICE), "one service is enough"
    assert service.take(), "a weaker wish of its own changes nothing"
    assert not other.asked_anew().take(DutyWish.HERE)


def test_who_wishes_in_vain_learns_who_has_it_and_why(desks: list[Desk]) -> None:
    one, other, service = desks
    assert one.duties.holder(ACCOUNT) is None
    assert service.take(DutyWish.SERVICE)
    assert not one.take(DutyWish.HERE)
    assert one.duties.holder(ACCOUNT) == DutyHolder("Desk 2", "ana", DutyWish.SERVICE)
    service.duties.leave(ACCOUNT, DutyWish.SERVICE)
    assert one.take(DutyWish.HERE)
    assert one.duties.holder(ACCOUNT) is None
    assert not other.take()
    assert other.duties.holder(ACCOUNT) == DutyHolder("Desk 0", "ana", DutyWish.HERE)


def test_a_relay_keeps_it_to_its_end_and_shows_what_it_relays(desks: list[Desk]) -> None:
    one, other, third = desks
    for connection_id in (7, 8):
        one.duties.relay_begins(connection_id, ACCOUNT)
    assert other.duties.is_left_to_another(7, ACCOUNT)
    assert not other.duties.is_left_to_another(9, ACCOUNT), "nobody relays it there"
    one.duties.relay_ends(7, ACCOUNT)
    assert not third.duties.is_left_to_another(7, ACCOUNT)
    assert third.duties.is_left_to_another(8, ACCOUNT)
    one.duties.relay_ends(8, ACCOUNT)
    assert third.asked_anew().take()


def test_a_duty_that_a_person_chose_outlasts_the_relay(desks: list[Desk]) -> None:
    one, other, _ = desks
    assert one.take(DutyWish.HERE)
    one.duties.relay_begins(7, ACCOUNT)
    one.duties.relay_ends(7, ACCOUNT)
    assert not other.take()
    one.duties.leave(ACCOUNT, DutyWish.HERE)
    assert other.asked_anew().take()


def test_having_it_costs_no_question(desks: list[Desk]) -> None:
    one, other, _ = desks
    assert one.take()
    assert not other.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgresDatabase, "rows", None)
        for _ in range(10):
            assert one.take()
            assert not other.take(), "nor does it for a while that another one has it"
