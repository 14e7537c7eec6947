"""Donors typed while an office's server is away wait on this computer, and reach the office exactly once."""

import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.importing.typed_donors import OutboxVisit, TypedDonors
from ac_desktop.importing.validation.row_validator import validate_donor
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.reporting.erasure_record import erasure_text
from ac_desktop.store.backups import FILE_NAME, MOVED_PREFIX
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.outbox import OUTBOX_FILE
from ac_desktop.store.opening import StoreEngine, StoreLocation, open_owners, outbox_of
from ac_desktop.store.privacy.erased_addresses import ErasedAddresses, OfficeErasure
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.typed_entries import TypedEntries
from tests.made_up import NOW, POSTGRES, Store, settings
from tests.office.proxy import Proxy
from tests.postgres_server import server
from tests.postgres_store import drop_offices, office_of

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
ANNIE = Donor(email="annie@example.org", first_name=" Annie ")


class Workstation:
    """A workstation that reaches the office by a way that breaks."""

    def __init__(self, folder: Path, office: Store) -> None:
        self.office = office
        self.way = Proxy(server().port).start()
        address = replace(office_of(office.folder), port=self.way.port)
        self.database = PostgresDatabase(address)
        self._owners = open_owners(StoreLocation(StoreEngine.POSTGRES, folder, address), self.database)
        self.connections = Connections(self.database)
        self.outbox = outbox_of(folder, address)
        queue = Queue(self.database, self._owners)
        erased = ErasedAddresses(self.database)
        entries = TypedEntries(self.database, self._owners, queue)
        self.typed = TypedDonors(self.outbox, entries, queue, self.connections, erased, lambda: NOW, lambda: NOW)

    def add(self, connection: Connection, donor: Donor = ANNIE) -> bool:
        """Type a donor; return whether the office answered."""
        checked = validate_donor(donor, connection.settings.scope, connection.settings.phone_style)
        return self.typed.add(connection, donor, checked) is not None

    def close(self) -> None:
        self.way.reopen()
        self._owners.close()
        self.database.close()
        self.way.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "office", POSTGRES) as store:
        yield store
    drop_offices()


@pytest.fixture
def workstation(tmp_path: Path, office: Store) -> Iterator[Workstation]:
    made = Workstation(tmp_path / "here", office)
    yield made
    made.close()


def queued(office: Store) -> list[str]:
    rows = office.database.rows("SELECT email FROM record WHERE state = 'waiting' ORDER BY id")
    return [row["email"] for row in rows]


def test_a_donor_typed_while_the_server_is_away_waits_here_and_goes_there_once(
    office: Store, workstation: Workstation
) -> None:
    connection = office.connect()
    assert workstation.typed.visit() == OutboxVisit()
    workstation.way.cut()

    assert not workstation.add(connection)
    (waiting,) = workstation.outbox.entries()
    assert (waiting.donor, waiting.connection_name, waiting.typed_at) == (ANNIE, "Spring", NOW)
    assert queued(office) == []

    workstation.way.reopen()
    assert workstation.typed.visit() == OutboxVisit(pushed=1)
    assert workstation.typed.visit() == OutboxVisit()
    assert queued(office) == ["annie@example.org"]
    assert workstation.outbox.entries() == []


@pytest.mark.parametrize("breaks", [Proxy.lose_answer_to, Proxy.cut_after], ids=["no answer", "answered, then away"])
def test_a_typed_donor_is_in_the_office_once_where_the_way_breaks_at_the_commit_or_right_after(
    office: Store, workstation: Workstation, breaks: Callable[[Proxy, bytes], None]
) -> None:
    connection = office.connect()
    workstation.typed.visit()
    breaks(workstation.way, b"COMMIT")

    assert not workstation.add(connection)
    assert queued(office) == ["annie@example.org"]
    assert len(workstation.outbox.entries()) == 1
    workstation.way.reopen()
    workstation.typed.visit()

    assert queued(office) == ["annie@example.org"]
    assert workstation.outbox.entries() == []
    assert office.queue.counts(connection.id).waiting == 1


def test_a_donor_who_waited_and_whose_commit_was_not_answered_is_in_the_office_once(
    office: Store, workstation: Workstation
) -> None:
    connection = office.connect()
    workstation.typed.visit()
    workstation.way.cut()
    workstation.add(connection)
    workstation.way.reopen()
    workstation.way.lose_answer_to(b"COMMIT")

    with pytest.raises(StoreError) as caught:
        workstation.typed.visit()
    assert caught.value.may_pass
    assert queued(office) == ["annie@example.org"]
    assert len(workstation.outbox.entries()) == 1
    workstation.typed.visit()

    assert queued(office) == ["annie@example.org"]
    assert workstation.outbox.entries() == []


def test_a_donor_is_checked_again_by_the_rules_of_the_day_it_gets_there(
    office: Store, workstation: Workstation
) -> None:
    connection = office.connect()
    workstation.typed.visit()
    workstation.way.cut()
    workstation.add(connection, replace(ANNIE, page="gala"))
    workstation.way.reopen()
    office.connections.change(connection.id, settings(scope=Scope(ScopeKind.EXCEPT, ("gala",))), NOW)

    assert workstation.typed.visit().pushed == 1
    assert office.queue.counts(connection.id).skipped == 1


def test_a_donor_of_a_connection_that_is_gone_stays_here(office: Store, workstation: Workstation) -> None:
    connection = office.connect()
    workstation.typed.visit()
    workstation.way.cut()
    workstation.add(connection)
    workstation.way.reopen()
    office.connections.delete(connection.id)
    office.connect()

    assert workstation.typed.visit() == OutboxVisit(left=1)
    assert queued(office) == []
    assert [entry.donor for entry in workstation.outbox.entries()] == [ANNIE]


def test_the_outbox_is_private_and_forgets_who_left_it(office: Store, workstation: Workstation, tmp_path: Path) -> None:
    connection = office.connect()
    workstation.typed.visit()
    workstation.way.cut()
    workstation.add(connection)
    file = tmp_path / "here" / OUTBOX_FILE
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"annie@example.org" in file.read_bytes()

    workstation.way.reopen()
    workstation.typed.visit()
    assert b"annie@example.org" not in file.read_bytes()


def test_what_waits_for_one_office_never_reaches_another(
    office: Store, workstation: Workstation, tmp_path: Path
) -> None:
    connection = office.connect()
    workstation.typed.visit()
    workstation.way.cut()
    workstation.add(connection)

    other = outbox_of(tmp_path / "here", replace(office_of(office.folder), database="another"))
    assert (other.entries(), other.connections()) == ([], [])


def test_who_was_erased_from_the_office_meanwhile_is_erased_here_and_never_gets_there(
    office: Store, workstation: Workstation, tmp_path: Path
) -> None:
    connection = office.connect()
    here = tmp_path / "here"
    erasure = OfficeErasure(office.database, office.owners, ErasedAddresses(office.database), here)
    erasure.erase("betty@example.org", NOW)
    workstation.typed.visit()
    workstation.way.cut()
    for donor in (replace(ANNIE, email=" Annie@Example.org"), replace(ANNIE, email="betty@example.org")):
        workstation.add(connection, donor)
    text = erasure_text(erasure.erase("annie@example.org", NOW))
    assert "replicas that lag behind" in text
    assert "searched all files" not in text
    assert "earlier queues on this computer" not in text
    workstation.way.reopen()

    assert workstation.typed.visit() == OutboxVisit(pushed=1, erased=1)
    assert queued(office) == ["betty@example.org"]
    assert b"nnie@" not in (tmp_path / "here" / OUTBOX_FILE).read_bytes()
    codes = office.database.rows("SELECT CAST(e AS TEXT) AS whole FROM erased_address e")
    assert "annie" not in str([row["whole"] for row in codes])
    assert workstation.typed.visit() == OutboxVisit()


def test_the_record_names_the_files_of_earlier_queues_and_what_to_do_with_them(office: Store, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    moved, own = here / f"{MOVED_PREFIX}2026-11-30-101500.sqlite3", here / FILE_NAME
    for file in (moved, own, here / f"{FILE_NAME}-wal", here / OUTBOX_FILE):
        file.touch()
    erasure = OfficeErasure(office.database, office.owners, ErasedAddresses(office.database), here)

    record = erasure.erase("annie@example.org", NOW)

    assert record.unreached == (own, moved)
    text = erasure_text(record)
    assert f"Delete each file that you don't need:\n  {own}\n  {moved}\n" in text
    assert "leave the office, erase again, and join again" in text
    own.unlink()
    assert "leave the office" not in erasure_text(erasure.erase("annie@example.org", NOW))


def test_who_was_discarded_here_is_never_pushed_and_the_offices_log_says_so_once(
    office: Store, workstation: Workstation
) -> None:
    connection = office.connect()
    other = office.connect(settings("Autumn"))
    workstation.typed.visit()
    workstation.way.cut()
    assert not workstation.add(connection)
    assert not workstation.add(other)
    gone = replace(workstation.outbox.entries()[1], key_name="a deleted connection's")
    workstation.outbox.discard([*workstation.outbox.entries()[:1], gone])
    assert workstation.outbox.entries() == []
    workstation.outbox.discard([gone])

    workstation.way.reopen()
    assert workstation.typed.visit() == OutboxVisit()
    assert workstation.typed.visit() == OutboxVisit()

    assert queued(office) == []
    assert workstation.outbox.discarded() == []
    said = {
        one.id: [event.details["connection"] for event in office.history.events(one.id) if event.kind == "discarded"]
        for one in (connection, other)
    }
    assert said == {connection.id: ["Spring", "Autumn"], other.id: ["Autumn"]}
