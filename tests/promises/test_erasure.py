"""An erased person is in no byte of the data folder, and everyone else still is."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model import rules
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.practice.records import MemberStatus
from ac_desktop.reporting.erasure_record import erasure_text, write_erasure_record
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.engines.sqlite.traces import holds
from ac_desktop.store.history.step_codec import decode_steps
from ac_desktop.store.imports.layouts import Layout
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.privacy.anonymise import AddressMask
from ac_desktop.store.privacy.erasure import Erasure, ErasureError
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.claims import Claim
from ac_desktop.store.queue.corrections import EditedRecord
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.delivery.support import RESULT_PATH, DeliveryHarness
from tests.harness import donors
from tests.made_up import NOW, Store, donor, settings
from tests.promises.donor_data import ANN, typed
from tests.promises.test_disk import a_backup
from tests.store.plain_rows import plain, plain_rows
from tests.store.programs import Program
from tests.store.sqlite_file import the_file


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with DeliveryHarness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


TRACES = (ANN.email, ANN.phone, ANN.first_name, ANN.last_name)


def everywhere(harness: DeliveryHarness) -> None:
    """Create Ann wherever a donor can be: sent, held, failed, waiting, staged, removed, in bulk, edited, decided."""
    services, now = harness.services, harness.clock.now()
    queue = services.queue
    spring = harness.connect("Spring")

    def batch(made: list[NewRecord], *, closed: bool = True) -> int:
        source = BatchSource(
            kind="file", file_name=f"{ANN.email}.csv", sha256="7" * 64, header=("E-mail", ANN.email, "Last")
        )
        number = queue.open_batch(spring.id, source, now)
        queue.add(spring.id, number, made, now)
        if closed:
            queue.close_batch(number, len(made))
        return number

    harness.stand(ANN.email, MemberStatus.UNSUBSCRIBED)
    batch([typed(2, ANN), typed(3, donors(1)[0])])
    harness.relay(spring)
    services.decisions.decide(
        services.decisions.held(spring.id), Decision.RESUBSCRIBE, now, why=f"{ANN.first_name} {ANN.last_name} called"
    )
    harness.relay(spring)
    batch([typed(2, ANN, donation_id="d1")])
    harness.account.set_schedule(lambda _: Faults(refuse_addresses=True))
    harness.relay(spring)
    harness.account.set_schedule(())
    autumn = harness.connect("Autumn", consent_guard=False)
    harness.queue(autumn, [*donors(20, start=50), ANN])
    harness.relay_in_bulk(autumn)
    harness.queue(autumn, [ANN, *donors(20, start=80)])
    harness.account.set_schedule(
        lambda incoming: Faults(outage=Outage.ERROR_500) if incoming.path == RESULT_PATH else None
    )
    pause_at_result(harness, autumn.id)
    harness.relay_in_bulk(autumn)
    harness.account.set_schedule(())
    edited = batch([typed(2, donors(1, start=200)[0]), typed(3, ANN), typed(4, donors(1, start=201)[0])])
    for record in harness.records(spring, RecordState.WAITING):
        if record.batch_id == edited and record.row in {2, 3}:
            who = replace(record.donor, email=ANN.email if record.row == 2 else "other@example.org", last_name="Moved")
            done = EditedRecord(donor=who, state=RecordState.WAITING, reason=None, warnings=None)
            assert services.record_edits.store(record, done, spring.settings.scope, now)
    removed = batch([typed(2, ANN, warnings=f'[["email_peeled",{{"email":"{ANN.email}","cell":"x"}}]]')])
    ids = [record.id for record in harness.records(spring) if record.batch_id == removed]
    services.bulk_changes.remove(ids, now)
    services.bulk_changes.remove([record.id for record in harness.records(autumn)][:3], now)
    batch([typed(2, replace(donors(1, start=300)[0])), typed(3, ANN)], closed=False)
    why = reason(ReasonCode.BAD_EMAIL, email=f"{ANN.email} or else")
    held = replace(typed(2, Donor(email=f"{ANN.email}, bob@example.org")), state=RecordState.HELD, reason=why)
    batch([held])
    services.layouts.store("f", Layout({"email": ANN.email}, header=(ANN.email, "Colour")), now, name=ANN.email)


def pause_at_result(harness: DeliveryHarness, connection_id: int) -> None:
    def no_result(incoming: Incoming) -> Faults | None:
        if incoming.path == RESULT_PATH:
            harness.services.connections.pause(connection_id, harness.clock.now())
            return Faults(outage=Outage.ERROR_500)
        return None

    harness.account.set_schedule(no_result)


def unpacked(folder: Path) -> str:
    """Return all that is packed in a database: the steps of attempts, of bulk requests, and those in the bin."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
        packed = [row[0] for row in sql.execute("SELECT steps FROM attempt UNION ALL SELECT steps FROM bulk_batch")]
        binned = sql.execute("SELECT json_extract(kept, '$.steps') FROM bin WHERE belongs_to = 'attempt'").fetchall()
    packed += [bytes.fromhex(row[0]) for row in binned]
    return repr([decode_steps(steps) for steps in packed if steps])


def traces(folder: Path) -> list[str]:
    """Find Ann in the raw bytes of every file of a folder, and in what is packed in the database."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [f"{path.name}: {trace}" for trace in TRACES if trace.lower().encode() in content]
    texts = unpacked(folder).lower()
    return found + [f"packed: {trace}" for trace in TRACES if trace.lower() in texts]


def test_an_erased_person_is_in_no_byte_of_the_folder_and_everyone_else_still_is(harness: DeliveryHarness) -> None:
    everywhere(harness)
    backup = a_backup(harness.folder)
    put_into(backup)
    before = {connection.name: harness.counts(connection) for connection in harness.services.connections.all()}
    others = {
        record.donor.email: record.donor
        for connection in harness.services.connections.all()
        for record in harness.records(connection)
        if ANN.email not in record.donor.email and record.donor.email != "other@example.org"
    }
    assert len(traces(harness.folder)) > 8
    erasing = Erasure(harness.services.database, harness.services.owners)
    found = erasing.find(ANN.email)
    assert found.records >= 6
    assert found.removed >= 1
    assert found.attempts >= 3

    receipt = erasing.erase(ANN.email, harness.clock.now())

    assert traces(harness.folder) == []
    assert receipt.left == ()
    assert receipt.backups == (backup,)
    assert receipt.found == found
    assert ANN.email in erasure_text(receipt)
    assert "AC Desktop then searched all files in its folder" in erasure_text(receipt)
    after = {connection.name: harness.counts(connection) for connection in harness.services.connections.all()}
    assert {name: counts.rows for name, counts in after.items()} == {name: c.rows for name, c in before.items()}
    still = {
        record.donor.email: record.donor
        for connection in harness.services.connections.all()
        for record in harness.records(connection)
    }
    assert {email: still.get(email) for email in others} == others
    assert plain(harness.services.database.row("PRAGMA integrity_check")) == ("ok",)
    assert plain_rows(harness.services.database.rows("PRAGMA foreign_key_check")) == []
    assert not erasing.find(ANN.email).any


def put_into(backup: Path) -> None:
    """Create Ann in a backup of the first version."""
    with closing(sqlite3.connect(backup)) as sql:
        sql.execute(
            "UPDATE record SET email = ?, first_name = ?, last_name = ?, phone = ? WHERE id = 7",
            (ANN.email, ANN.first_name, ANN.last_name, ANN.phone),
        )
        sql.execute("UPDATE event SET details = json_object('file', ?)", (f"{ANN.email}.csv",))
        sql.commit()


def test_the_relay_goes_on_without_the_erased_person(harness: DeliveryHarness) -> None:
    everywhere(harness)
    sent_before = harness.account.count("contact/sync")
    Erasure(harness.services.database, harness.services.owners).erase(ANN.email, harness.clock.now())

    for connection in harness.services.connections.all():
        harness.services.connections.resume(connection.id, harness.clock.now())
        counts = harness.relay(connection)
        assert counts.waiting == counts.sending == 0

    bodies = [request.body for request in harness.account.requests("contact/sync")[sent_before:]]
    assert not any(ANN.email in str(body) for body in bodies)


def test_the_same_file_does_not_bring_an_erased_person_back(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN), typed(3, donor(3))])
    Erasure(store.database, store.owners).erase(ANN.email, NOW)

    again = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="again.csv"), NOW)
    store.queue.add(connection.id, again, [typed(2, ANN)], NOW)

    assert RowHashes(store.database).skip_known(again, NOW) == 1


def test_who_is_just_being_relayed_is_not_torn_out_of_it(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    claim = store.claim(connection)
    assert isinstance(claim, Claim)
    erasing = Erasure(store.database, store.owners)

    with pytest.raises(ErasureError, match="being sent right now"):
        erasing.erase(ANN.email, NOW)

    store.end(claim, rules.Success())
    assert erasing.erase(ANN.email, NOW).found.records == 1


def test_a_copy_that_cannot_be_searched_through_is_named_on_the_receipt(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    damaged = store.folder / f"{FILE_NAME}.damaged.20260101-120000"
    damaged.write_bytes(b"SQLite format 3\x00" + b"\x99" * 3000 + ANN.email.encode())
    report = store.folder / "kept-by-hand.csv"
    report.write_text(f"{ANN.email}\n", encoding="utf-8")

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert set(receipt.left) == {damaged, report}
    assert str(damaged) in erasure_text(receipt)
    assert "searched all files" not in erasure_text(receipt)


def test_longer_addresses_that_hold_the_erased_one_are_left_alone(store: Store) -> None:
    connection = store.connect()
    short = Donor(email="ann@example.org")
    longer = [Donor(email=email) for email in ("joann@example.org", "ann@example.org.uk", "x.ann@example.org")]
    store.fill(connection, [typed(row, who) for row, who in enumerate([short, *longer], 2)])

    receipt = Erasure(store.database, store.owners).erase(short.email, NOW)

    assert receipt.found.records == 1
    assert [record.donor for record in store.views.all_records(connection.id)][1:] == longer
    assert store.count("SELECT COUNT(*) FROM source_row") == 3


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ann@example.org", "[erased]"),
        ("<ANN@Example.ORG>, bob@example.org", "<[erased]>, bob@example.org"),
        ("contacts?email=ann%40example.org&x", "contacts?email=[erased]&x"),
        (
            "joann@example.org ann@example.org.uk ann@example.orgs",
            "joann@example.org ann@example.org.uk ann@example.orgs",
        ),
        ("mail ann@example.org.", "mail [erased]."),
    ],
)
def test_an_address_is_masked_however_it_is_spelled(text: str, masked: str) -> None:
    assert AddressMask("ann@example.org")(text) == masked


def test_the_search_finds_what_lies_across_two_pieces(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * (1024 * 1024 - 7) + b"ANN@example.org")
    assert holds(path, AddressMask("ann@example.org"))
    path.write_bytes(gzip.compress(b"ann@example.org"))
    assert not holds(path, AddressMask("ann@example.org"))


def test_the_receipt_owns_up_to_what_stays_in_the_database(store: Store) -> None:
    connection = store.connect(settings(name=ANN.email))
    store.fill(connection, [typed(2, ANN)])

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert receipt.left == (the_file(store.database).path,), (
        "a connection that somebody named so is theirs to name anew"
    )


def test_longer_addresses_that_were_left_alone_are_counted_on_the_receipt(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, Donor(email="joann@example.org"))])
    receipt = Erasure(store.database, store.owners).erase("ann@example.org", NOW)
    assert receipt.longer == 2, "the record and its source row"
    assert "Left unchanged because a longer address contains this one: 2" in erasure_text(receipt)
    assert receipt.left == ()


def test_a_copy_of_another_program_is_searched_and_left_as_it_is(store: Store) -> None:
    store.fill(store.connect(), [typed(2, ANN)])
    for name, text in (("foreign.20260101-120000", "pie"), ("foreign.20260102-120000", ANN.email)):
        with closing(sqlite3.connect(store.folder / f"{FILE_NAME}.{name}")) as sql:
            sql.executescript(f"CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('{text}');")  # noqa: S608

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert [path.name for path in receipt.left] == [f"{FILE_NAME}.foreign.20260102-120000"]


def test_a_receipt_names_longer_addresses_and_is_its_owners_alone(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    with store.database.writing() as sql:
        sql.execute("UPDATE batch SET file_name = ?", (f"jo{ANN.email}.csv",))

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)
    path = store.folder / "receipt.txt"
    write_erasure_record(path, receipt)

    assert receipt.longer == 1
    assert "Left unchanged because a longer address contains this one: 1" in erasure_text(receipt)
    assert path.read_text(encoding="utf-8") == erasure_text(receipt)
    assert path.stat().st_mode & 0o077 == 0


def test_a_database_that_still_holds_the_address_where_nobody_looks_is_named(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    with store.database.writing() as sql:
        sql.execute("CREATE TABLE of_somebody_else (bytes BLOB)")
        sql.execute("INSERT INTO of_somebody_else VALUES (?)", (ANN.email.encode(),))

    assert Erasure(store.database, store.owners).erase(ANN.email, NOW).left == (the_file(store.database).path,)


def test_an_address_in_what_is_kept_of_somebody_elses_removed_record_is_masked(store: Store) -> None:
    connection = store.connect()
    bob = replace(typed(2, donor(2)), cells=("donor2@example.org", f"a friend of {ANN.email}"))
    store.fill(connection, [bob, typed(3, ANN)])
    (first, _) = store.views.record_ids(connection.id)
    changes = BulkChanges(store.database)
    removal, _ = changes.remove([first], NOW)

    Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert changes.restore(removal, NOW) == 1
    row = store.views.source_row(first)
    assert row is not None
    assert row.cells == ("donor2@example.org", "a friend of [erased]")
    assert not holds(the_file(store.database).path, AddressMask(ANN.email))


def test_another_programs_database_that_was_moved_aside_is_searched_and_left_as_it_is(store: Store) -> None:
    store.fill(store.connect(), [typed(2, ANN)])
    contents = {}
    for place, text in (("20260101-120000", ANN.email), ("20260101-120001", "nobody")):
        path = store.folder / f"{FILE_NAME}.foreign.{place}"
        with closing(sqlite3.connect(path)) as sql:
            sql.execute("CREATE TABLE theirs (text TEXT)")
            sql.execute("INSERT INTO theirs VALUES (?)", (text,))
            sql.commit()
        contents[path] = path.read_bytes()
    empty = store.folder / f"{FILE_NAME}.version-1.20260101-120000.backup"
    empty.touch()

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)

    holding, free = contents
    assert (receipt.left, receipt.backups) == ((holding,), (free,))
    assert {path: path.read_bytes() for path in contents} == contents
    assert empty.read_bytes() == b""


READ_AND_END = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
database = SqliteDatabase(Path(sys.argv[1]))
print(database.row("SELECT COUNT(*) FROM record")[0])
database.close()
"""


def test_after_erasing_the_window_keeps_its_log_whoever_else_opens_and_closes_the_database(tmp_path: Path) -> None:
    with Store(tmp_path / "data") as store:
        connection = store.connect()
        store.fill(connection, 3)
        Erasure(store.database, store.owners).erase("nobody@example.org", NOW)

        for known in (3, 7):
            with Program(READ_AND_END, store.folder) as other:
                assert other.line() == str(known)
                other.end()
            store.fill(connection, 4)

        assert store.count("SELECT COUNT(*) FROM record") == 11
    with Store(tmp_path / "data") as store:
        assert store.count("SELECT COUNT(*) FROM record") == 11
