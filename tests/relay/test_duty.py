"""The duty in a relay: what one workstation should do is left to the one that has it, and no rule depends on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.services import Services
from ac_desktop.store.office.duty import DUTY_LASTS, DutyWish
from ac_desktop.store.opening import StoreEngine
from ac_desktop.store.queue.read_back import ReadBackQueue
from tests.harness import PATIENCE, Harness, donors

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
_BULK = "import/bulk_import"


@contextmanager
def office(folder: Path) -> Iterator[tuple[Harness, Services, Services]]:
    """Open an office of two workstations, with donors whose list is to be read back."""
    with Harness(folder, engine=StoreEngine.POSTGRES) as harness:
        other = harness.open()
        try:
            yield harness, harness.services, other
        finally:
            other.close()


def ends(services: Services, connection: Connection) -> None:
    assert services.engine.join(connection.id, PATIENCE), "the relay did not end"


def test_two_that_both_have_the_duty_send_nobody_twice_and_lose_nobody(tmp_path: Path) -> None:
    with office(tmp_path / "data") as (harness, one, other):
        connection = harness.connect()
        assert one.duties.take(connection.account, DutyWish.HERE)
        one.database.rows("DELETE FROM duty")
        assert other.duties.take(connection.account, DutyWish.HERE)
        assert one.duties.take(connection.account), "it knows nothing of it yet"
        harness.queue(connection, donors(120))

        for services in (one, other):
            services.engine.start(connection.id, in_bulk=True)
        for services in (one, other):
            ends(services, connection)

        assert harness.counts(connection).sent == 120
        assert harness.emails_on_list() == {donor.email for donor in donors(120)}
        bodies = b"".join(request.body for request in harness.account.requests(_BULK))
        assert all(bodies.count(b'"%s"' % donor.email.encode()) <= 1 for donor in donors(120))
        assert ReadBackQueue(one.database, one.owners).unconfirmed(connection.id) is None


@pytest.mark.parametrize("is_left", [False, True])
def test_a_list_is_left_to_the_one_with_the_duty_for_a_while_alone(
    tmp_path: Path,
    is_left: bool,  # noqa: FBT001
) -> None:
    with office(tmp_path / "data") as (harness, _, other):
        connection = harness.connect()
        harness.queue(connection, donors(21))
        if is_left:
            other.duties.relay_begins(connection.id, connection.account)
        began = harness.clock.now()

        assert harness.relay(connection, in_bulk=True).sent == 21

        assert (harness.clock.now() - began >= DUTY_LASTS) == is_left


def test_a_relay_gives_the_duty_back(tmp_path: Path) -> None:
    with office(tmp_path / "data") as (harness, one, other):
        connection = harness.connect()
        harness.queue(connection, donors(2))
        harness.relay(connection)
        assert one.database.rows("SELECT owner FROM duty") == []
        assert [row["relaying"] for row in one.database.rows("SELECT relaying FROM owner")] == [[]]
        assert other.duties.take(connection.account)
