"""Which owners of claims are gone (rule 13): at once on this computer, elsewhere once neither locked nor seen."""

import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.owners import PostgresOwners
from ac_desktop.store.office_address import OfficeAddress
from tests.made_up import NOW, Store
from tests.postgres_server import server
from tests.postgres_store import office_of
from tests.store.engines.postgres.workstations import (
    Workstation,
    await_that,
    elsewhere,
    end_listening_connections,
    workstations,
)

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")

LOCKS = "SELECT COUNT(*) AS number FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
PROGRAM = """
import sys
from pathlib import Path
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.owners import PostgresOwners
from tests.postgres_store import office_of
owners = PostgresOwners(PostgresDatabase(office_of(Path(sys.argv[1]))), "Back office", "ben")
print(owners.me, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def address(folder: Path) -> OfficeAddress:
    return office_of(folder)


@pytest.fixture
def desks(address: OfficeAddress) -> Iterator[list[Workstation]]:
    with workstations(address) as opened:
        yield opened


def impatient(desk: Workstation, number: int = 1) -> PostgresOwners:
    """Return an owner on another computer to whom others are gone as soon as they are not seen."""
    return PostgresOwners(desk.database, "Desk", "ana", elsewhere(number), grace=0.0)


def locks(database: PostgresDatabase) -> int:
    found = database.row(LOCKS)
    return int(found["number"]) if found else 0


def long_unseen(database: PostgresDatabase, owner: str) -> None:
    with database.writing() as sql:
        sql.execute("UPDATE owner SET seen = seen - 86400 WHERE id = ?", (owner,))


def names(database: PostgresDatabase) -> list[str]:
    return [row["workstation"] for row in database.rows("SELECT workstation FROM owner ORDER BY since")]


def test_owners_say_who_and_where_they_are(desks: list[Workstation]) -> None:
    desks[0].owners("Front desk")
    row = desks[1].database.row("SELECT workstation, person, version, seen >= since AS is_seen FROM owner")
    assert row is not None
    assert (row["workstation"], row["person"], bool(row["is_seen"])) == ("Front desk", "ana", True)


def test_nobody_who_is_there_is_dead(desks: list[Workstation]) -> None:
    one, far = desks[0].owners(), impatient(desks[1])
    assert not one.is_dead(one.me)
    assert not one.is_dead(far.me)
    assert not far.is_dead(one.me)
    assert one.is_watched(one.me)
    assert one.is_watched(far.me)
    assert not one.is_watched("desk-7:12:34")
    assert not one.is_dead("desk-7:12:34"), "nothing is known of it"


def test_a_process_of_this_computer_that_was_killed_is_dead_at_once(folder: Path, desks: list[Workstation]) -> None:
    owners = desks[0].owners()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    killed = process.stdout.readline().strip()
    assert owners.is_watched(killed)
    assert not owners.is_dead(killed)
    process.kill()
    await_that(lambda: owners.is_dead(killed))
    process.communicate()
    assert owners.is_dead(killed)
    assert names(desks[0].database)[1:] == ["Back office"], "its row records who it was"


def test_an_owner_elsewhere_is_not_dead_while_it_has_its_lock(desks: list[Workstation]) -> None:
    far, asks = desks[0].owners(computer=elsewhere(1)), impatient(desks[1], 2)
    patient = desks[1].owners(computer=elsewhere(3))
    assert patient.is_watched(far.me)
    long_unseen(desks[1].database, far.me)
    assert not asks.is_dead(far.me)
    assert not asks.is_watched(far.me), "it may be stopped: its leases end by themselves"


def test_an_owner_elsewhere_is_dead_once_it_has_no_lock_and_was_not_seen(desks: list[Workstation]) -> None:
    far, asks = desks[0].owners(computer=elsewhere(1)), impatient(desks[1], 2)
    patient = desks[1].owners(computer=elsewhere(3))
    desks[0].database.close()
    await_that(lambda: locks(desks[1].database) == 2)
    assert not patient.is_dead(far.me), "a lock alone says little: it was seen a moment ago"
    long_unseen(desks[1].database, far.me)
    assert asks.is_dead(far.me)


def test_nobody_is_dead_after_a_restart_of_the_server_until_all_had_time_to_come_back(
    desks: list[Workstation],
) -> None:
    far, patient = desks[0].owners(computer=elsewhere(1)), desks[1].owners(computer=elsewhere(2))
    long_unseen(desks[1].database, far.me)
    server().restart()
    await_that(lambda: desks[1].database.listener.proven() > 1)
    long_unseen(desks[1].database, far.me)
    assert not patient.is_dead(far.me)
    assert patient.is_watched(far.me), "it may have something to keep"
    await_that(lambda: locks(desks[1].database) == 2)
    assert not patient.is_dead(far.me), "it has its lock again"


def test_an_owner_whose_connection_was_lost_locks_its_name_again(desks: list[Workstation]) -> None:
    far, asks = desks[0].owners(computer=elsewhere(1)), impatient(desks[1], 2)
    end_listening_connections(desks[1].database)
    await_that(lambda: desks[0].database.listener.proven() > 1 and desks[1].database.listener.proven() > 1)
    long_unseen(desks[1].database, far.me)
    assert not asks.is_dead(far.me)
    assert locks(desks[1].database) == 2


def test_of_32_workstations_those_that_left_without_a_word_are_dead(address: OfficeAddress) -> None:
    with ExitStack() as held:
        desks = held.enter_context(workstations(address, 32))
        owners = [desk.owners(computer=elsewhere(number)) for number, desk in enumerate(desks)]
        for desk in desks[1::2]:
            desk.database.close()
        with workstations(address, 1) as (looks,):
            asks = impatient(looks, 99)
            await_that(lambda: locks(looks.database) == 17)
            for one in owners:
                long_unseen(looks.database, one.me)
            assert [asks.is_dead(one.me) for one in owners] == [False, True] * 16


def test_an_owner_that_ends_leaves_its_row_only_where_a_claim_names_it(folder: Path, desks: list[Workstation]) -> None:
    one, other = desks[0].owners("One"), desks[1].owners("Other")
    with Store(folder) as store:
        connection = store.connect()
        store.fill(connection, 1)
        claim = store.claim(connection)
        store.database.rows("UPDATE record SET owner = ? WHERE id = ? RETURNING id", (one.me, claim.record_id))
        other.close()
        one.close()
        assert names(desks[0].database) == sorted(["One", platform.node()]), "the store is one itself"
        await_that(lambda: locks(desks[0].database) == 1)
        assert store.queue.renew(claim, NOW)


def test_an_owner_that_ends_while_the_server_is_away_ends_all_the_same(desks: list[Workstation]) -> None:
    owners = desks[0].owners()
    server().stop()
    try:
        await_that(lambda: not desks[0].database.listener.proven())
        owners.close()
    finally:
        server().start()
    assert names(desks[1].database) == ["Front desk"]
