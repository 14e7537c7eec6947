"""Donors' data: for its owner's eyes alone, kept as long as is set and no longer, and erased where a person asks."""

import gzip
import itertools
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model import rules
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import Cause, Decision, RecordState
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.history.step_codec import decode_steps
from ac_desktop.store.imports.layouts import Layout
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.privacy.address_mask import AddressMask
from ac_desktop.store.privacy.agreed_time import AgreedTime
from ac_desktop.store.privacy.backup_erasure import holds
from ac_desktop.store.privacy.erasure import Erasure, ErasureError, write_erasure_record
from ac_desktop.store.privacy.retention import DAY, DEFAULT_DAYS, FOR_EVER, Retention
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.claims import Claim
from ac_desktop.store.queue.record_edits import EditedRecord
from ac_desktop.store.queue.records import BatchSource, NewRecord
from ac_desktop.store.queue.resend import ResendKind, ResendRequest, Resends
from tests.delivery.support import RESULT_PATH, DeliveryDesk
from tests.harness import donors
from tests.made_up import NOW, Store, donor, new_record, settings
from tests.promises.test_disk import a_backup
from tests.store.programs import Program

LATER = NOW + (DEFAULT_DAYS + 1) * DAY
THEN = AgreedTime(LATER)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeliveryDesk]:
    with DeliveryDesk(tmp_path / "data") as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


def hashed(row: int) -> NewRecord:
    return replace(new_record(row), row_hash=row)


# Who may read it


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a person's own folders from others by itself")
def test_folders_and_files_are_their_owners_alone_whatever_was_done(desk: DeliveryDesk) -> None:
    a_backup(desk.folder)
    connection = desk.connect()
    desk.queue(connection, donors(30))
    desk.relay_in_bulk(connection)
    desk.restart()

    found = [desk.folder, *desk.folder.rglob("*")]

    assert {FILE_NAME, f"{FILE_NAME}-wal", "owners"} <= {path.name for path in found}
    for path in found:
        assert path.stat().st_mode & 0o077 == 0, path
        assert path.is_dir() or path.stat().st_mode & 0o111 == 0, path


# For how long


def test_sent_donors_are_forgotten_after_the_days_set_and_all_others_stay(store: Store) -> None:
    connection = store.connect()
    held = new_record(9, state=RecordState.HELD, why=reason(ReasonCode.BAD_EMAIL, email="donor9@example"))
    store.fill(connection, [new_record(2), new_record(3), new_record(4), held])
    store.end(store.claim(connection), rules.Success())
    store.end(store.claim(connection), rules.Failure(Cause.DONOR))
    before = list(store.views.all_records(connection.id))
    retention = Retention(store.database)

    assert not retention.remove_old(AgreedTime(NOW + DEFAULT_DAYS * DAY - 1)).any, "a second too early"
    forgotten = retention.remove_old(THEN)

    assert (forgotten.donors, forgotten.attempts) == (1, 1)
    sent, *others = store.views.all_records(connection.id)
    assert sent.donor == Donor(email="")
    assert (sent.state, sent.row, sent.changed_at) == (RecordState.SENT, 2, before[0].changed_at)
    assert others == before[1:]
    assert [store.views.source_row(record.id) for record in others]
    assert store.count("SELECT COUNT(*) FROM source_row") == 3
    first, second = store.history.attempts(connection.id)
    assert (first.contact_payload, first.list_payload, first.email) == ({}, None, "")
    assert second.contact_payload["contact"], "what the log says of who failed stays"
    assert not retention.remove_old(THEN).any, "nothing is taken out twice"


def test_the_log_keeps_when_which_and_what_came_of_it(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(1))
    desk.relay(connection)
    (before,) = desk.services.history.attempts(connection.id)
    assert any(step.response for step in before.steps)

    Retention(desk.services.database).remove_old(AgreedTime(desk.clock.now() + 91 * DAY))

    (after,) = desk.services.history.attempts(connection.id)
    assert [(step.step, step.method, step.status, step.duration_ms) for step in after.steps] == [
        (step.step, step.method, step.status, step.duration_ms) for step in before.steps
    ]
    assert all(not step.response and step.request is None and "?" not in step.path for step in after.steps)
    assert (after.outcome, after.streak, after.started_at) == (before.outcome, before.streak, before.started_at)


def test_a_bulk_request_is_emptied_only_when_all_of_its_donors_are_settled(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    bad = Donor(email="invalid'character@example.com")
    desk.queue(connection, [*donors(15), bad])
    desk.relay_in_bulk(connection)
    retention, later = Retention(desk.services.database), AgreedTime(desk.clock.now() + 91 * DAY)

    retention.remove_old(later)
    assert desk.services.history.attempts(connection.id)[1].bulk_payload is not None

    (failed,) = desk.records(connection, RecordState.FAILED)
    desk.services.changes.hold([failed.id], desk.clock.now())
    desk.services.decisions.decide([failed.id], Decision.SKIP, desk.clock.now())
    retention.remove_old(later)
    assert desk.services.history.attempts(connection.id)[1].bulk_payload is None


def test_the_receipt_balances_and_the_same_rows_are_still_known_years_later(store: Store) -> None:
    connection = store.connect()
    batch = store.fill(connection, [hashed(row) for row in range(2, 7)])
    for _ in range(5):
        store.end(store.claim(connection), rules.Success())
    counts = store.queue.batch_counts(batch)

    assert Retention(store.database).remove_old(THEN).donors == 5

    assert store.queue.batch_counts(batch) == counts
    assert counts.rows == 5
    fingerprints = RowHashes(store.database)
    again = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="again.csv"), LATER * 3)
    store.queue.add(connection.id, again, [hashed(row) for row in range(2, 8)], LATER * 3)
    assert fingerprints.skip_known(again, LATER * 3) == 5
    store.queue.close_batch(again, 6)
    (known, *_), (new,) = (
        list(store.views.all_records(connection.id, state)) for state in (RecordState.SKIPPED, RecordState.WAITING)
    )
    assert known.reason is not None
    assert known.reason.code is ReasonCode.ALREADY_SENT
    assert known.reason.values["date"] in {"2026-11-18", "2026-11-19"}, (
        "the day it was sent, not the day it was forgotten"
    )
    assert new.row == 7


def test_a_row_out_of_scope_that_was_forgotten_can_come_again_with_its_file(store: Store) -> None:
    connection = store.connect()
    out = replace(hashed(2), state=RecordState.SKIPPED, reason=reason(ReasonCode.PAGE_NOT_CHOSEN, page="gala"))
    store.fill(connection, [out])
    assert Retention(store.database).remove_old(THEN).donors == 1

    again = store.queue.open_batch(connection.id, BatchSource(kind="file"), LATER)
    store.queue.add(connection.id, again, [hashed(2)], LATER)

    assert RowHashes(store.database).skip_known(again, LATER) == 0


def test_nobody_who_was_forgotten_is_pushed_or_brought_back_by_another_scope(store: Store) -> None:
    connection = store.connect()
    out = replace(new_record(3), state=RecordState.SKIPPED, reason=reason(ReasonCode.PAGE_NOT_CHOSEN, page="gala"))
    store.fill(connection, [new_record(2), out])
    store.end(store.claim(connection), rules.Success())
    Retention(store.database).remove_old(THEN)

    pushing = Resends(store.database)
    assert pushing.find(ResendRequest(connection_id=connection.id, which=ResendKind.ALL)).record_ids == ()
    store.connections.change(
        connection.id, replace(connection.settings, scope=Scope(ScopeKind.EXCEPT, ("other",))), LATER
    )

    assert store.states(connection) == [RecordState.SENT, RecordState.SKIPPED]


def test_the_days_are_settable_and_for_ever_forgets_nothing(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection), rules.Success())
    retention = Retention(store.database)
    assert retention.days() == DEFAULT_DAYS == 90

    retention.set_days(FOR_EVER)
    assert not retention.remove_old(AgreedTime(NOW + 10_000 * DAY)).any
    retention.set_days(7)
    assert not retention.remove_old(AgreedTime(NOW + 6 * DAY)).any
    assert retention.remove_old(AgreedTime(NOW + 8 * DAY)).donors == 1
    with pytest.raises(ValueError, match="-1"):
        retention.set_days(-1)


def test_it_goes_by_small_transactions_and_stops_when_told(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 650)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET state = 'sent'")
    asked = itertools.count()

    first = Retention(store.database).remove_old(THEN, lambda: next(asked) < 2)

    assert first.donors == 400
    assert Retention(store.database).remove_old(THEN).donors == 250


def test_freed_space_is_used_again_before_the_file_grows(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3000)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET state = 'sent'")
    pages = store.count("PRAGMA page_count")

    Retention(store.database).remove_old(THEN)
    free = store.count("PRAGMA freelist_count")
    store.database.compact()

    assert free > pages / 10
    assert store.count("PRAGMA page_count") <= pages - free
    assert store.count("PRAGMA freelist_count") == 0


# Erased

ANN = Donor(email="ann.smith+gift@example.org", phone="2255550199", first_name="Annabella", last_name="Smithereens")
TRACES = (ANN.email, ANN.phone, ANN.first_name, ANN.last_name)


def typed(row: int, who: Donor, **more: object) -> NewRecord:
    cells = (who.email.upper(), who.first_name, who.last_name, who.phone, "a note")
    return replace(NewRecord(row=row, donor=who, state=RecordState.WAITING, cells=cells, row_hash=row * 7919), **more)  # type: ignore[arg-type]


def everywhere(desk: DeliveryDesk) -> None:
    """Put Ann wherever a donor can be: sent, held, failed, waiting, staged, removed, in bulk, edited, decided."""
    services, now = desk.services, desk.clock.now()
    queue = services.queue
    spring = desk.connect("Spring")

    def batch(made: list[NewRecord], *, closed: bool = True) -> int:
        source = BatchSource(
            kind="file", file_name=f"{ANN.email}.csv", sha256="7" * 64, header=("E-mail", ANN.email, "Last")
        )
        number = queue.open_batch(spring.id, source, now)
        queue.add(spring.id, number, made, now)
        if closed:
            queue.close_batch(number, len(made))
        return number

    desk.stand(ANN.email, MemberStatus.UNSUBSCRIBED)
    batch([typed(2, ANN), typed(3, donors(1)[0])])
    desk.relay(spring)
    services.decisions.decide(
        services.decisions.held(spring.id), Decision.RESUBSCRIBE, now, why=f"{ANN.first_name} {ANN.last_name} called"
    )
    desk.relay(spring)
    batch([typed(2, ANN, donation_id="d1")])
    desk.account.set_schedule(lambda _: Faults(refuse_addresses=True))
    desk.relay(spring)
    desk.account.set_schedule(())
    autumn = desk.connect("Autumn", consent_guard=False)
    desk.queue(autumn, [*donors(20, start=50), ANN])
    desk.relay_in_bulk(autumn)
    desk.queue(autumn, [ANN, *donors(20, start=80)])
    desk.account.set_schedule(
        lambda incoming: Faults(outage=Outage.ERROR_500) if incoming.path == RESULT_PATH else None
    )
    pause_at_result(desk, autumn.id)
    desk.relay_in_bulk(autumn)
    desk.account.set_schedule(())
    edited = batch([typed(2, donors(1, start=200)[0]), typed(3, ANN), typed(4, donors(1, start=201)[0])])
    for record in desk.records(spring, RecordState.WAITING):
        if record.batch_id == edited and record.row in {2, 3}:
            who = replace(record.donor, email=ANN.email if record.row == 2 else "other@example.org", last_name="Moved")
            done = EditedRecord(donor=who, state=RecordState.WAITING, reason=None, warnings=None)
            assert services.repairs.store(record, done, spring.settings.scope, now)
    removed = batch([typed(2, ANN, warnings=f'[["email_peeled",{{"email":"{ANN.email}","cell":"x"}}]]')])
    ids = [record.id for record in desk.records(spring) if record.batch_id == removed]
    services.changes.remove(ids, now)
    services.changes.remove([record.id for record in desk.records(autumn)][:3], now)
    batch([typed(2, replace(donors(1, start=300)[0])), typed(3, ANN)], closed=False)
    why = reason(ReasonCode.BAD_EMAIL, email=f"{ANN.email} or else")
    held = replace(typed(2, Donor(email=f"{ANN.email}, bob@example.org")), state=RecordState.HELD, reason=why)
    batch([held])
    services.layouts.store("f", Layout({"email": ANN.email}), now)


def pause_at_result(desk: DeliveryDesk, connection_id: int) -> None:
    def no_result(incoming: Incoming) -> Faults | None:
        if incoming.path == RESULT_PATH:
            desk.services.connections.pause(connection_id, desk.clock.now())
            return Faults(outage=Outage.ERROR_500)
        return None

    desk.account.set_schedule(no_result)


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


def test_an_erased_person_is_in_no_byte_of_the_folder_and_everyone_else_still_is(desk: DeliveryDesk) -> None:
    everywhere(desk)
    backup = a_backup(desk.folder)
    put_into(backup)
    before = {connection.name: desk.counts(connection) for connection in desk.services.connections.all()}
    others = {
        record.donor.email: record.donor
        for connection in desk.services.connections.all()
        for record in desk.records(connection)
        if ANN.email not in record.donor.email and record.donor.email != "other@example.org"
    }
    assert len(traces(desk.folder)) > 8
    erasing = Erasure(desk.services.database, desk.services.owners)
    found = erasing.find(ANN.email)
    assert found.records >= 6
    assert found.removed >= 1
    assert found.attempts >= 3

    receipt = erasing.erase(ANN.email, desk.clock.now())

    assert traces(desk.folder) == []
    assert receipt.left == ()
    assert receipt.backups == (backup,)
    assert receipt.found == found
    assert ANN.email in receipt.text
    assert "All files in AC Desktop's folder were searched" in receipt.text
    after = {connection.name: desk.counts(connection) for connection in desk.services.connections.all()}
    assert {name: counts.rows for name, counts in after.items()} == {name: c.rows for name, c in before.items()}
    still = {
        record.donor.email: record.donor
        for connection in desk.services.connections.all()
        for record in desk.records(connection)
    }
    assert {email: still.get(email) for email in others} == others
    assert desk.services.database.row("PRAGMA integrity_check") == ("ok",)
    assert desk.services.database.rows("PRAGMA foreign_key_check") == []
    assert not erasing.find(ANN.email).any


def put_into(backup: Path) -> None:
    """Put Ann into a backup of the first version."""
    with closing(sqlite3.connect(backup)) as sql:
        sql.execute(
            "UPDATE record SET email = ?, first_name = ?, last_name = ?, phone = ? WHERE id = 7",
            (ANN.email, ANN.first_name, ANN.last_name, ANN.phone),
        )
        sql.execute("UPDATE event SET details = json_object('file', ?)", (f"{ANN.email}.csv",))
        sql.commit()


def test_the_relay_goes_on_without_the_erased_person(desk: DeliveryDesk) -> None:
    everywhere(desk)
    sent_before = desk.account.count("contact/sync")
    Erasure(desk.services.database, desk.services.owners).erase(ANN.email, desk.clock.now())

    for connection in desk.services.connections.all():
        desk.services.connections.resume(connection.id, desk.clock.now())
        counts = desk.relay(connection)
        assert counts.waiting == counts.sending == 0

    bodies = [request.body for request in desk.account.requests("contact/sync")[sent_before:]]
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

    with pytest.raises(ErasureError, match="just being relayed"):
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
    assert str(damaged) in receipt.text
    assert "All files" not in receipt.text


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


def test_what_was_removed_is_forgotten_after_thirty_days(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    changes = BulkChanges(store.database)
    (record,) = store.views.all_records(connection.id)
    changes.remove([record.id], NOW)
    assert changes.purge(AgreedTime(NOW + 31 * DAY)) > 0
    assert store.count("SELECT COUNT(*) FROM bin") == 0


def test_the_receipt_owns_up_to_what_stays_in_the_database(store: Store) -> None:
    connection = store.connect(settings(name=ANN.email))
    store.fill(connection, [typed(2, ANN)])

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert receipt.left == (store.database.path,), "a connection that somebody named so is theirs to name anew"


def test_longer_addresses_that_were_left_alone_are_counted_on_the_receipt(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, Donor(email="joann@example.org"))])
    receipt = Erasure(store.database, store.owners).erase("ann@example.org", NOW)
    assert receipt.longer == 2, "the record and its source row"
    assert "left alone: 2" in receipt.text
    assert receipt.left == ()


def test_a_copy_of_another_program_is_searched_and_left_as_it_is(store: Store) -> None:
    store.fill(store.connect(), [typed(2, ANN)])
    for name, text in (("foreign.20260101-120000", "pie"), ("foreign.20260102-120000", ANN.email)):
        with closing(sqlite3.connect(store.folder / f"{FILE_NAME}.{name}")) as sql:
            sql.executescript(f"CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('{text}');")  # noqa: S608

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert [path.name for path in receipt.left] == [f"{FILE_NAME}.foreign.20260102-120000"]


def test_a_donor_who_is_pushed_just_then_is_not_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection), rules.Success())
    retention = Retention(store.database)
    blank = Retention._anonymise_records

    def pushed_first(self: Retention, ids: Sequence[int], now: float) -> int:
        pushing = Resends(store.database)
        pushing.push(connection.id, pushing.find(ResendRequest(connection_id=connection.id, which=ResendKind.ALL)), now)
        return blank(self, ids, now)

    monkeypatch.setattr(Retention, "_anonymise_records", pushed_first)

    assert retention.remove_old(THEN).donors == 0
    assert [record.donor.email for record in store.views.all_records(connection.id)] == ["donor2@example.org"]


def test_a_receipt_tells_of_longer_addresses_and_is_its_owners_alone(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    with store.database.writing() as sql:
        sql.execute("UPDATE batch SET file_name = ?", (f"jo{ANN.email}.csv",))

    receipt = Erasure(store.database, store.owners).erase(ANN.email, NOW)
    path = store.folder / "receipt.txt"
    write_erasure_record(path, receipt)

    assert receipt.longer == 1
    assert "Texts with a longer address that only holds these letters, left alone: 1" in receipt.text
    assert path.read_text(encoding="utf-8") == receipt.text
    assert path.stat().st_mode & 0o077 == 0


def test_a_database_that_still_holds_the_address_where_nobody_looks_is_named(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    with store.database.writing() as sql:
        sql.execute("CREATE TABLE of_somebody_else (bytes BLOB)")
        sql.execute("INSERT INTO of_somebody_else VALUES (?)", (ANN.email.encode(),))

    assert Erasure(store.database, store.owners).erase(ANN.email, NOW).left == (store.database.path,)


def test_an_address_in_what_is_kept_of_somebody_elses_removed_record_is_masked(store: Store) -> None:
    connection = store.connect()
    bob = replace(typed(2, donor(2)), cells=("donor2@example.org", f"a friend of {ANN.email}"))
    store.fill(connection, [bob, typed(3, ANN)])
    (first, _) = store.views.record_ids(connection.id)
    changes = BulkChanges(store.database)
    removal, _ = changes.remove([first], NOW)

    Erasure(store.database, store.owners).erase(ANN.email, NOW)

    assert changes.restore(removal) == 1
    row = store.views.source_row(first)
    assert row is not None
    assert row.cells == ("donor2@example.org", "a friend of [erased]")
    assert not holds(store.database.path, AddressMask(ANN.email))


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


def test_a_donor_who_is_queued_again_just_then_is_not_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection), rules.Success())
    read = store.database.rows

    def and_push(query: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        found = read(query, values)
        if "FROM record" in query:
            with store.database.writing() as sql:
                sql.execute("UPDATE record SET state = 'waiting'")
        return found

    monkeypatch.setattr(store.database, "rows", and_push)

    assert not Retention(store.database).remove_old(THEN).donors
    monkeypatch.undo()
    assert [record.donor for record in store.views.records(connection.id)] == [donor(2)]


READ_AND_END = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.database import Database
database = Database(Path(sys.argv[1]))
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
