"""A second workstation's queue joins an office without doubling people."""

import shutil
from pathlib import Path

import pytest

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.row_hashes import RowHashes, with_row_hashes
from ac_desktop.store.moving.whole_queue import CopiedQueue
from ac_desktop.store.opening import own_store_in
from ac_desktop.store.privacy.erased_addresses import ErasedAddresses
from ac_desktop.store.queue.batches import columns_of
from ac_desktop.store.queue.bulk_changes import BulkChanges
from tests import made_up
from tests.console.offices import OWNER_PASSWORD
from tests.store.moving.offices import Office
from tests.store.moving.queues import changing, fill, fill_simply, opened

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
_BY_EMAIL = (
    "SELECT email, state, COALESCE(reason_code, '') AS why FROM record WHERE email LIKE 'donor%' ORDER BY email, id"
)


def test_a_row_of_both_queues_is_sent_once(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, range(4))
    fill_simply(second, range(2, 6), file_name="other.csv")
    _set(first, 2, "sent")
    _set(second, 3, "sent")

    _move_in(office, first)
    copied = _move_in(office, second)

    assert [one.is_merged for one in copied.plan.connections] == [True]
    assert copied.same_rows == 2
    assert _by_email(office) == [
        ("donor0@example.org", "waiting", ""),
        ("donor1@example.org", "waiting", ""),
        ("donor2@example.org", "sent", ""),
        ("donor2@example.org", "skipped", ReasonCode.ALREADY_SENT),
        ("donor3@example.org", "skipped", ReasonCode.ALREADY_SENT),
        ("donor3@example.org", "sent", ""),
        ("donor4@example.org", "waiting", ""),
        ("donor5@example.org", "waiting", ""),
    ]
    with opened(office.location(first)) as database:
        tallies = database.rows("SELECT number FROM tally WHERE number <> 0 ORDER BY batch_id, state")
        counted = database.rows("SELECT COUNT(*) FROM record GROUP BY batch_id, state ORDER BY batch_id, state")
        assert list(map(tuple, tallies)) == list(map(tuple, counted))


def test_both_waiting_rows_of_one_donor_leave_one(tmp_path: Path, office: Office) -> None:
    for name in ("first", "second"):
        fill_simply(tmp_path / name, [7])
        copied = _move_in(office, tmp_path / name)

    assert copied.same_rows == 1
    assert [(state, why) for _, state, why in _by_email(office)] == [
        ("waiting", ""),
        ("skipped", ReasonCode.ALREADY_QUEUED),
    ]


def test_a_file_of_the_second_queue_is_recognised_in_the_office(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, [1])
    fill_simply(second, [5, 6, 7])
    with changing(own_store_in(second)) as sql:
        sql.execute(
            "INSERT INTO edit (record_id, at, who, field, old, new)"
            " SELECT id, 1, 'ana', 'first_name', first_name, 'Anne' FROM record WHERE email = 'donor6@example.org'"
        )
        sql.execute("UPDATE record SET first_name = 'Anne' WHERE email = 'donor6@example.org'")
        sql.execute("UPDATE record SET email = '', first_name = '' WHERE email = 'donor7@example.org'")
    _move_in(office, first)
    copied = _move_in(office, second)

    with opened(office.location(first)) as database:
        hashes = RowHashes(database)
        new = with_row_hashes(columns_of([made_up.new_record(number) for number in (1, 5, 6, 7, 8)]), hashes.key())
        states = [values[4] for values in hashes.without_known(copied.plan.connections[0].new_id, new).shared_values]
    assert states == ["skipped", "skipped", "skipped", "skipped", "waiting"]


def test_a_row_that_the_office_left_out_by_scope_still_goes(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, [1])
    fill_simply(second, [1])
    _set(first, 1, "skipped")
    _move_in(office, first)

    assert _move_in(office, second).same_rows == 0
    assert [state for _, state, _ in _by_email(office)] == ["skipped", "waiting"]


def test_a_connection_that_differs_stays_apart(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, [1])
    fill_simply(second, [1, 2])
    with changing(own_store_in(second)) as sql:
        sql.execute("UPDATE connection SET consent_guard = 0")
    _move_in(office, first)

    copied = _move_in(office, second)

    (connection,) = copied.plan.connections
    assert (connection.is_merged, connection.new_name) == (False, "Spring 2")
    assert copied.same_rows == 1
    with opened(office.location(first)) as database:
        rows = database.rows("SELECT name, consent_guard FROM connection ORDER BY id")
        assert [tuple(row) for row in rows] == [("Spring", 1), ("Spring 2", 0)]


def test_the_stricter_state_of_two_that_become_one_counts(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, [1])
    fill_simply(second, [2])
    with changing(own_store_in(first)) as sql:
        sql.execute("UPDATE connection SET streak = 2, wait_until = 5")
    with changing(own_store_in(second)) as sql:
        sql.execute("UPDATE connection SET state = 'paused', streak = 1, wait_until = 9")
        sql.execute("UPDATE record SET automatic_turn = 4")
    _move_in(office, first)
    _move_in(office, second)

    with opened(office.location(first)) as database:
        (row,) = database.rows("SELECT state, streak, wait_until FROM connection")
        assert tuple(row) == ("paused", 2, 9.0)
        assert not database.rows("SELECT id FROM record WHERE automatic_turn IS NOT NULL")


def test_history_names_the_same_donors_under_their_new_numbers(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, range(100, 110))
    fill(second)
    with changing(own_store_in(second)) as sql:
        sql.execute(
            "INSERT INTO event (connection_id, at, kind, details, who, after_attempt)"
            " SELECT 1, 1, 'decided', '{\"record\": \"' || id || '\", \"decision\": \"keep\"}', 'ana', 2"
            " FROM record WHERE email = 'donor3@example.org'"
        )
    queries = {
        "attempt": "SELECT r.email, r.row, x.outcome FROM attempt x JOIN record r ON r.id = x.record_id",
        "event": "SELECT r.email, r.row, x.kind FROM event x JOIN record r ON r.id = x.record_id",
        "edit": "SELECT r.email, r.row, x.new FROM edit x JOIN record r ON r.id = x.record_id",
        "decision": "SELECT r.email, r.row, x.verdict FROM decision x JOIN record r ON r.id = x.record_id",
        "cells": "SELECT r.email, r.row, x.cells FROM source_row x JOIN record r ON r.id = x.record_id",
        "bulk": "SELECT r.email, r.row, b.taken_as FROM bulk_member x JOIN record r ON r.id = x.record_id"
        " JOIN bulk_batch b ON b.id = x.bulk_batch_id",
        "correction": "SELECT r.email, o.row, x.row FROM correction x JOIN record r ON r.id = x.replaced_by"
        " JOIN record o ON o.id = x.record_id",
    }
    with opened(own_store_in(second)) as database:
        before = {name: sorted(map(tuple, database.rows(query))) for name, query in queries.items()}
    assert all(before.values())
    _move_in(office, first)
    _move_in(office, second)

    with opened(office.location(first)) as database:
        for name, query in queries.items():
            found = sorted(row for row in map(tuple, database.rows(query)) if row[1] not in _rows_of_first(name))
            assert found == before[name], name


def _rows_of_first(name: str) -> frozenset[int]:
    return frozenset(range(100, 110)) if name == "cells" else frozenset()


def test_what_was_removed_can_be_restored_in_the_office(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, range(100, 103))
    fill_simply(second, range(3))
    with opened(own_store_in(second)) as database:
        removed = [row["id"] for row in database.rows("SELECT id FROM record WHERE row < 2")]
        BulkChanges(database).remove(removed, made_up.NOW)
    _move_in(office, first)
    _move_in(office, second)

    with opened(office.location(first)) as database:
        (row,) = database.rows("SELECT DISTINCT removal FROM bin")
        assert BulkChanges(database).restore(row["removal"], made_up.NOW) == 2
        (counted,) = database.rows("SELECT SUM(number) AS number FROM tally WHERE state = 'waiting'")
        assert counted["number"] == 6
    emails = sorted(f"donor{number}@example.org" for number in (0, 1, 2, 100, 101, 102))
    assert [email for email, _, _ in _by_email(office)] == emails


def test_whom_the_office_has_erased_comes_in_with_no_queue(tmp_path: Path, office: Office) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    fill_simply(first, [1])
    fill_simply(second, [2, 3])
    _move_in(office, first)
    with opened(office.location(first)) as database:
        ErasedAddresses(database).record("donor2@example.org")

    kept = office.joined(second).move_in(OWNER_PASSWORD).kept_as

    assert [email for email, _, _ in _by_email(office)] == ["donor1@example.org", "donor3@example.org"]
    assert office.records() == 3
    assert b"donor2@" not in kept.read_bytes()
    assert b"donor3@" in kept.read_bytes()


def test_a_queue_or_its_copy_moves_in_once(tmp_path: Path, office: Office) -> None:
    first, copy = tmp_path / "first", tmp_path / "copy"
    fill_simply(first, range(3))
    shutil.copytree(first, copy)
    _move_in(office, first)

    with pytest.raises(StoreError) as refused:
        _move_in(office, copy)

    assert refused.value.message is StoreMessage.MOVED_BEFORE
    assert office.records() == 3


def _move_in(office: Office, folder: Path) -> CopiedQueue:
    copied = office.joined(folder).move_in(OWNER_PASSWORD).copied
    assert copied is not None
    return copied


def _set(folder: Path, number: int, state: str) -> None:
    with changing(own_store_in(folder)) as sql:
        assert sql.execute("UPDATE record SET state = ? WHERE email = ?", (state, f"donor{number}@example.org")) == 1


def _by_email(office: Office) -> list[tuple[str, str, str]]:
    with opened(office.location(Path())) as database:
        return [(row["email"], row["state"], row["why"]) for row in database.rows(_BY_EMAIL)]
