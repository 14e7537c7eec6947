"""In an office one workstation relays by itself: a service first, and another one as soon as that one is gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ac_desktop.automation.automation import HEAD_START, Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.importing.sources.anedot_fetch import Anedot
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import RecordState
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.office.duty import DutyWish
from ac_desktop.store.opening import StoreEngine
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.harness import PATIENCE, Harness, donors
from tests.store.engines.postgres.workstations import await_that

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@dataclass
class Desk:
    """A program of the office that runs by itself."""

    services: Services
    wish: DutyWish = DutyWish.ANYONE
    events: list[AutomationEvent] = field(default_factory=list)
    automation: Automation = field(init=False)

    def __post_init__(self) -> None:
        self.automation = Automation(self.services, self.events.append, wish=self.wish)

    def step(self, connection: Connection) -> None:
        self.automation.tick(looks=False)
        assert self.services.engine.join(connection.id, PATIENCE)
        self.automation.tick(looks=False)

    @property
    def relayed(self) -> int:
        return sum(event.numbers["sent"] for event in self.events if event.code is AutomationCode.RELAYED)


@dataclass
class DesksOfOffice:
    """Two workstations, and a service."""

    harness: Harness
    one: Desk
    other: Desk
    service: Desk

    def come_in(self, connection: Connection, *numbers: int) -> None:
        services, now = self.one.services, self.harness.clock.now()
        permit = services.automatic_relays.permit(connection.id)
        batch = services.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), now)
        made = [donor for number in numbers for donor in donors(1, start=number)]
        rows = [NewRecord(row=row, donor=donor, state=RecordState.WAITING) for row, donor in enumerate(made, 2)]
        services.queue.add(connection.id, batch, rows, now)
        services.automatic_relays.cover(permit, batch)
        services.queue.close_batch(batch)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DesksOfOffice]:
    with Harness(tmp_path / "data", engine=StoreEngine.POSTGRES) as harness:
        others = [harness.open() for _ in range(2)]
        yield DesksOfOffice(harness, Desk(harness.services), Desk(others[0]), Desk(others[1], wish=DutyWish.SERVICE))
        for services in others:
            services.close()


def test_what_comes_in_is_relayed_by_the_service_then_by_another_one_when_it_is_gone(office: DesksOfOffice) -> None:
    connection, (one, service) = office.harness.connect(), (office.one, office.service)
    one.services.automatic_relays.turn_on(connection.id, office.harness.clock.now())
    service.step(connection)
    office.come_in(connection, 1, 2)
    one.step(connection)
    assert office.harness.emails_on_list() == set()
    service.step(connection)
    assert (one.relayed, service.relayed) == (0, 2)

    office.come_in(connection, 3)
    service.services.close()
    office.other.step(connection)

    assert office.other.relayed == 1
    assert len(office.harness.emails_on_list()) == 3


def test_a_relay_by_itself_ends_where_the_duty_is_taken_over(office: DesksOfOffice) -> None:
    connection, (one, other) = office.harness.connect(), (office.one, office.other)
    one.services.automatic_relays.turn_on(connection.id, office.harness.clock.now())
    office.come_in(connection, *range(1, 200))
    one.automation.tick(looks=False)
    assert one.services.engine.is_running(connection.id)
    assert other.services.duties.take(connection.account, DutyWish.HERE)
    database = one.services.database
    assert isinstance(database, PostgresDatabase)
    database.beat_now()
    await_that(lambda: not one.services.duties.take(connection.account))

    one.step(connection)
    other.step(connection)

    assert one.relayed < 199
    assert one.relayed + other.relayed == 199


def test_only_one_of_two_that_see_donors_at_once_relays_them(office: DesksOfOffice) -> None:
    connection, (one, other) = office.harness.connect(), (office.one, office.other)
    one.services.automatic_relays.turn_on(connection.id, office.harness.clock.now())
    office.come_in(connection, *range(1, 5))
    for desk in (one, other):
        desk.automation.tick(looks=False)
    assert not other.services.engine.is_running(connection.id)
    one.step(connection)
    other.step(connection)
    assert (one.relayed, other.relayed) == (4, 0)


@pytest.fixture
def anedot(office: DesksOfOffice) -> Iterator[AnedotServer]:
    """Let both workstations fetch from an account, each with keys of its own."""
    with AnedotServer() as server:
        for desk in (office.one, office.other):
            keys = SessionKeys(office.harness.redactor)
            options = AnedotOptions(url=server.url)
            redactor, now = office.harness.redactor, office.harness.clock.now
            object.__setattr__(desk.services, "anedot", Anedot(options, desk.services.database, keys, redactor, now))
        yield server


def test_a_workstation_without_the_key_of_anedot_puts_no_fetch_off(office: DesksOfOffice, anedot: AnedotServer) -> None:
    connection, (one, other) = office.harness.connect(), (office.one, office.other)
    account = one.services.anedot.accounts.remember(connection.id, anedot.uid)
    one.services.anedot.keys.set(account.key_name, anedot.key)
    other.automation.tick()
    assert one.services.schedules.last_look(connection.id) is None
    assert other.events == []
    one.automation.tick()
    assert [event.code for event in one.events] == [AutomationCode.LOOKED]


def test_a_fetch_is_left_to_the_workstation_with_the_duty_for_a_minute(
    office: DesksOfOffice, anedot: AnedotServer
) -> None:
    connection, (one, other) = office.harness.connect(), (office.one, office.other)
    account = other.services.anedot.accounts.remember(connection.id, anedot.uid)
    other.services.anedot.keys.set(account.key_name, anedot.key)
    assert one.services.duties.take(connection.account, DutyWish.HERE)
    due = other.automation.tick()
    assert due <= office.harness.clock.now() + HEAD_START
    assert other.events == []
    office.harness.clock.advance(HEAD_START)
    other.automation.tick()
    assert [event.code for event in other.events] == [AutomationCode.LOOKED]
