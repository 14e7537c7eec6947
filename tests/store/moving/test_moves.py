"""A queue moves into an office and out of it with all that is in it, or stays where it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.private_files import FILE_MODE
from ac_desktop.store.backups import FILE_NAME
from ac_desktop.store.errors import StoreError
from ac_desktop.store.moving.progress import MoveProgress, MoveStage
from ac_desktop.store.moving.tables import BY_THEMSELVES
from ac_desktop.store.opening import own_store_in
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from tests.console.offices import OWNER_PASSWORD
from tests.store.moving.offices import Office
from tests.store.moving.queues import ALL, changing, contents, fill, fill_simply, moved_columns, opened

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


def test_a_queue_comes_back_from_an_office_as_it_went_in(tmp_path: Path, office: Office) -> None:
    a, back = tmp_path / "a", tmp_path / "back"
    fill(a)
    with opened(own_store_in(a)) as database:
        columns = moved_columns(database)
        before = contents(database, columns)
    assert [table for table, rows in before.items() if not rows] == ["list_reading"]

    moved_in = office.joined(a).move_in(OWNER_PASSWORD)
    with opened(office.location(a)) as database:
        there = contents(database, columns)
    moved_out = office.joined(tmp_path / "b").move_out(back, OWNER_PASSWORD)
    with opened(own_store_in(back)) as database:
        after = contents(database, columns)

    events = before.pop("event")
    assert [row[1:] for row in there.pop("event") if "moved" not in row] == [row[1:] for row in events]
    assert [row[1:] for row in after.pop("event") if "moved" not in row] == [row[1:] for row in events]
    assert there == before
    assert after == before
    assert moved_in.copied is not None
    assert moved_out.copied is not None
    counted = (moved_in.copied.records, moved_in.copied.attempts, moved_in.copied.imports)
    assert counted == (len(before["record"]), len(before["attempt"]), len(before["batch"]))
    assert (moved_out.copied.records, moved_out.copied.attempts, moved_out.copied.imports) == counted


def test_the_folders_file_is_kept_for_reading_alone(tmp_path: Path, office: Office) -> None:
    a = tmp_path / "a"
    fill_simply(a, range(5))

    kept = office.joined(a).move_in(OWNER_PASSWORD).kept_as

    assert not list(a.glob(f"{FILE_NAME}*"))
    assert kept.name.startswith("queue-moved-")
    assert not kept.stat().st_mode & 0o222 & FILE_MODE
    with closing(sqlite3.connect(f"{kept.as_uri()}?immutable=1", uri=True)) as sql:
        assert sql.execute("SELECT COUNT(*) FROM record").fetchone() == (5,)


def test_every_table_of_a_queue_is_moved() -> None:
    with closing(sqlite3.connect(":memory:")) as sql:
        from ac_desktop.store.engines.sqlite.migrations import STEPS

        for step in STEPS:
            sql.executescript(step)
        tables = {name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        known = {table.name: table for table in ALL}
        assert {name for name in tables if not name.startswith("sqlite_")} == set(known) | BY_THEMSELVES
        for name, table in known.items():
            references = {row[3]: row[2] for row in sql.execute(f"PRAGMA foreign_key_list({name})")}
            assert {column: table.ids.get(column) for column in references} == references


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE batch SET loading_owner = '@other.1:2:3'", StoreMessage.MOVE_WHILE_IMPORTING),
        (
            "UPDATE record SET state = 'sending', owner = '@other.1:2:3', lease_until = 9999999999",
            StoreMessage.MOVE_WHILE_SENDING,
        ),
        (
            "UPDATE record SET step = 'result', bulk_batch_id = 1",
            StoreMessage.MOVE_WHILE_IN_BULK,
        ),
    ],
)
def test_what_is_under_way_is_waited_for(tmp_path: Path, office: Office, statement: str, message: StoreMessage) -> None:
    a = tmp_path / "a"
    fill_simply(a, range(3))
    with changing(own_store_in(a)) as sql:
        sql.execute("INSERT INTO bulk_batch (connection_id, state, started_at) VALUES (1, 'taken', 1)")
        sql.execute(statement)

    with pytest.raises(StoreError) as refused:
        office.joined(a).move_in(OWNER_PASSWORD)

    assert refused.value.message is message
    _is_where_it_was(a, office, 3)


@pytest.mark.parametrize("stage", [MoveStage.COPYING, MoveStage.FINISHING])
def test_a_move_that_is_cancelled_leaves_everything_where_it_was(
    tmp_path: Path, office: Office, stage: MoveStage
) -> None:
    a = tmp_path / "a"
    fill_simply(a, range(3))
    token = QueryToken()

    def cancel(progress: MoveProgress) -> None:
        if progress.stage is stage:
            token.cancel()

    if stage is MoveStage.FINISHING:
        office.joined(a).move_in(OWNER_PASSWORD, cancel, token)
        assert office.records() == 3
        return
    with pytest.raises(QueryCancelledError):
        office.joined(a).move_in(OWNER_PASSWORD, cancel, token)
    _is_where_it_was(a, office, 3)


def test_a_folder_without_donors_has_nothing_to_move(tmp_path: Path, office: Office) -> None:
    with pytest.raises(StoreError) as refused:
        office.joined(tmp_path / "a").move_in(OWNER_PASSWORD)
    assert refused.value.message is StoreMessage.NOTHING_TO_MOVE


def test_a_queue_moves_out_into_no_other_queue(tmp_path: Path, office: Office) -> None:
    a, taken = tmp_path / "a", tmp_path / "taken"
    fill_simply(a, range(3))
    fill_simply(taken, range(4))
    office.joined(a).move_in(OWNER_PASSWORD)

    with pytest.raises(StoreError) as refused:
        office.joined(a).move_out(taken, OWNER_PASSWORD)

    assert refused.value.message is StoreMessage.MOVE_TARGET_TAKEN
    assert office.records() == 3
    _has(taken, 4)


def test_an_office_whose_queue_moved_out_is_read_and_not_written(tmp_path: Path, office: Office) -> None:
    a = tmp_path / "a"
    fill_simply(a, range(3))
    office.joined(a).move_in(OWNER_PASSWORD)
    office.joined(a).move_out(tmp_path / "back", OWNER_PASSWORD)

    assert office.records() == 3
    for statement in (
        "UPDATE record SET state = 'sending'",
        "UPDATE connection SET state = 'paused'",
        "DELETE FROM batch",
    ):
        with pytest.raises(StoreError) as refused, changing(office.location(a)) as sql:
            sql.execute(statement)
        assert refused.value.message is StoreMessage.OFFICE_MOVED_OUT
    with pytest.raises(StoreError) as again:
        office.joined(a).move_out(tmp_path / "another", OWNER_PASSWORD)
    assert again.value.message is StoreMessage.OFFICE_MOVED_OUT


def test_an_admin_takes_the_queue_along_to_a_computer_without_donors(tmp_path: Path, office: Office) -> None:
    a = tmp_path / "a"
    fill_simply(a, range(3))
    moves = office.joined(a)
    moves.move_in(OWNER_PASSWORD)
    with opened(own_store_in(a)):
        pass

    moves.refuse_to_take_along(OWNER_PASSWORD)
    moves.take_along(OWNER_PASSWORD)

    _has(a, 3)
    assert office.is_closed()
    assert len(list(a.glob("queue-before-*"))) == 1
    with pytest.raises(StoreError) as refused:
        office.joined(tmp_path / "b").refuse_to_take_along(OWNER_PASSWORD)
    assert refused.value.message is StoreMessage.OFFICE_MOVED_OUT
    assert office.name in str(refused.value)


def test_a_queue_of_this_computers_own_is_in_the_way_of_the_offices(tmp_path: Path, office: Office) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    fill_simply(a, range(3))
    fill_simply(b, range(4))
    office.joined(a).move_in(OWNER_PASSWORD)

    with pytest.raises(StoreError) as refused:
        office.joined(b).take_along(OWNER_PASSWORD)

    assert refused.value.message is StoreMessage.OWN_QUEUE_IN_THE_WAY
    _has(b, 4)
    assert not office.is_closed()


def test_an_office_that_is_opened_again_sends_nothing_until_a_person_resumes(tmp_path: Path, office: Office) -> None:
    a = tmp_path / "a"
    fill_simply(a, range(3))
    moves = office.joined(a)
    moves.move_in(OWNER_PASSWORD)
    with pytest.raises(StoreError) as refused:
        moves.reopen(OWNER_PASSWORD)
    assert refused.value.message is StoreMessage.OFFICE_NOT_CLOSED
    with changing(office.location(a)) as sql:
        sql.execute(
            "INSERT INTO automatic_relay (connection_id, is_on, turn, changed_at, changed_by)"
            " SELECT id, 1, 1, 1, 'ana' FROM connection"
        )
    moves.move_out(tmp_path / "back", OWNER_PASSWORD)

    assert moves.reopen(OWNER_PASSWORD) == 3

    assert not office.is_closed()
    with opened(office.location(a)) as database:
        assert [row["state"] for row in database.rows("SELECT state FROM connection")] == ["paused"]
        assert [row["is_on"] for row in database.rows("SELECT is_on FROM automatic_relay")] == [0]
        events = database.rows("SELECT kind, who FROM event ORDER BY id DESC LIMIT 2")
        assert [tuple(event) for event in events] == [("automatic_off", office.owner), ("paused", office.owner)]
    with changing(office.location(a)) as sql:
        sql.execute("UPDATE connection SET state = 'active'")
    assert moves.move_out(tmp_path / "again", OWNER_PASSWORD).copied is not None


def _is_where_it_was(folder: Path, office: Office, number: int) -> None:
    assert office.records() == 0
    _has(folder, number)


def _has(folder: Path, number: int) -> None:
    with opened(own_store_in(folder)) as database:
        (found,) = database.rows("SELECT COUNT(*) AS number FROM record")
        assert found["number"] == number
