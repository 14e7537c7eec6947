"""Donors' data: for its owner's eyes alone, kept as long as is set and no longer, and erased where a person asks."""

import itertools
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model import rules
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.rules import DEFAULT_RETENTION_DAYS, KEEP_FOREVER
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import Cause, Decision, RecordState
from ac_desktop.store.agreed_time import AgreedTime
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.ports import Row
from ac_desktop.store.privacy.retention import DAY, Retention
from ac_desktop.store.queue.bulk_changes import BulkChanges, ResendKind, ResendRequest, Resends
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.delivery.support import DeliveryHarness
from tests.harness import donors
from tests.made_up import NOW, Store, donor, new_record
from tests.promises.donor_data import ANN, typed
from tests.promises.test_disk import a_backup

LATER = NOW + (DEFAULT_RETENTION_DAYS + 1) * DAY
THEN = AgreedTime(LATER)


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with DeliveryHarness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


def hashed(row: int) -> NewRecord:
    return replace(new_record(row), row_hash=row)


# Who may read it


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a person's own folders from others by itself")
def test_folders_and_files_are_their_owners_alone_whatever_was_done(harness: DeliveryHarness) -> None:
    a_backup(harness.folder)
    connection = harness.connect()
    harness.queue(connection, donors(30))
    harness.relay_in_bulk(connection)
    harness.restart()

    found = [harness.folder, *harness.folder.rglob("*")]

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

    assert not retention.remove_old(AgreedTime(NOW + DEFAULT_RETENTION_DAYS * DAY - 1)).any, "a second too early"
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


def test_the_log_keeps_when_which_and_what_came_of_it(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    harness.relay(connection)
    (before,) = harness.services.history.attempts(connection.id)
    assert any(step.response for step in before.steps)

    Retention(harness.services.database).remove_old(AgreedTime(harness.clock.now() + 91 * DAY))

    (after,) = harness.services.history.attempts(connection.id)
    assert [(step.step, step.method, step.status, step.duration_ms) for step in after.steps] == [
        (step.step, step.method, step.status, step.duration_ms) for step in before.steps
    ]
    assert all(not step.response and step.request is None and "?" not in step.path for step in after.steps)
    assert (after.outcome, after.streak, after.started_at) == (before.outcome, before.streak, before.started_at)


def test_a_bulk_request_is_emptied_only_when_all_of_its_donors_are_settled(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    bad = Donor(email="invalid'character@example.com")
    harness.queue(connection, [*donors(15), bad])
    harness.relay_in_bulk(connection)
    retention, later = Retention(harness.services.database), AgreedTime(harness.clock.now() + 91 * DAY)

    retention.remove_old(later)
    assert harness.services.history.attempts(connection.id)[1].bulk_payload is not None

    (failed,) = harness.records(connection, RecordState.FAILED)
    harness.services.bulk_changes.hold([failed.id], harness.clock.now())
    harness.services.decisions.decide([failed.id], Decision.SKIP, harness.clock.now())
    retention.remove_old(later)
    assert harness.services.history.attempts(connection.id)[1].bulk_payload is None


def test_the_receipt_balances_and_the_same_rows_are_still_known_years_later(store: Store) -> None:
    connection = store.connect()
    batch = store.fill(connection, [hashed(row) for row in range(2, 7)])
    for _ in range(5):
        store.end(store.claim(connection), rules.Success())
    counts = store.queue.batch_counts(batch)

    assert Retention(store.database).remove_old(THEN).donors == 5

    assert store.queue.batch_counts(batch) == counts
    assert counts.rows == 5
    row_hashes = RowHashes(store.database)
    again = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="again.csv"), LATER * 3)
    store.queue.add(connection.id, again, [hashed(row) for row in range(2, 8)], LATER * 3)
    assert row_hashes.skip_known(again, LATER * 3) == 5
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
    assert retention.days() == DEFAULT_RETENTION_DAYS == 90

    retention.set_days(KEEP_FOREVER)
    assert not retention.remove_old(AgreedTime(NOW + 10_000 * DAY)).any
    retention.set_days(7)
    assert not retention.remove_old(AgreedTime(NOW + 6 * DAY)).any
    assert retention.remove_old(AgreedTime(NOW + 8 * DAY)).donors == 1
    with pytest.raises(ValueError, match="-1"):
        retention.set_days(-1)


def test_it_goes_by_small_transactions_and_stops_when_asked(store: Store) -> None:
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


def test_what_was_removed_is_forgotten_after_thirty_days(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [typed(2, ANN)])
    changes = BulkChanges(store.database)
    (record,) = store.views.all_records(connection.id)
    changes.remove([record.id], NOW)
    assert changes.purge(AgreedTime(NOW + 31 * DAY)) > 0
    assert store.count("SELECT COUNT(*) FROM bin") == 0


def test_a_donor_who_is_pushed_just_then_is_not_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection), rules.Success())
    retention = Retention(store.database)
    blank = Retention._anonymise_records

    def pushed_first(self: Retention, ids: Sequence[int], now: float) -> Counter[int]:
        pushing = Resends(store.database)
        pushing.push(connection.id, pushing.find(ResendRequest(connection_id=connection.id, which=ResendKind.ALL)), now)
        return blank(self, ids, now)

    monkeypatch.setattr(Retention, "_anonymise_records", pushed_first)

    assert retention.remove_old(THEN).donors == 0
    assert [record.donor.email for record in store.views.all_records(connection.id)] == ["donor2@example.org"]


def test_a_donor_who_is_queued_again_just_then_is_not_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection), rules.Success())
    read = store.database.rows

    def and_push(query: str, values: Sequence[object] = ()) -> list[Row]:
        found = read(query, values)
        if "FROM record" in query:
            with store.database.writing() as sql:
                sql.execute("UPDATE record SET state = 'waiting'")
        return found

    monkeypatch.setattr(store.database, "rows", and_push)

    assert not Retention(store.database).remove_old(THEN).donors
    monkeypatch.undo()
    assert [record.donor for record in store.views.records(connection.id)] == [donor(2)]
