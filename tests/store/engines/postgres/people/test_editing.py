"""Who is changing a donor is seen by the others, and by nobody once they have ended."""

from pathlib import Path

from ac_desktop.model.editor import Editor
from ac_desktop.store.engines.postgres.people.editing import PostgresEditing
from tests.made_up import POSTGRES, SQLITE, Store


def test_each_sees_the_others_and_not_themselves(tmp_path: Path) -> None:
    with Store(tmp_path / "data", POSTGRES) as here, Store(tmp_path / "data", POSTGRES) as there:
        store_here, store_there = (PostgresEditing(one.database, one.owners) for one in (here, there))

        assert store_here.begin(7) == []
        (seen,) = store_there.begin(7)
        assert isinstance(seen, Editor)
        assert seen.workstation
        assert store_there.begin(8) == []
        assert store_here.others(7) == [seen]
        store_there.end(7)
        assert store_here.others(7) == []
        assert store_there.others(7) == [seen]


def test_nobody_is_seen_who_is_gone_or_was_not_seen_for_long(tmp_path: Path) -> None:
    with Store(tmp_path / "data", POSTGRES) as here:
        editing = PostgresEditing(here.database, here.owners)
        with Store(tmp_path / "data", POSTGRES) as there:
            PostgresEditing(there.database, there.owners).begin(7)
            assert len(editing.others(7)) == 1
        assert editing.others(7) == []
        with Store(tmp_path / "data", POSTGRES) as stopped:
            PostgresEditing(stopped.database, stopped.owners).begin(7)
            with here.database.writing() as sql:
                sql.execute("UPDATE owner SET seen = seen - 60 WHERE id = ?", (stopped.owners.me,))
            assert editing.others(7) == []


def test_a_record_that_is_read_says_who_is_changing_it_and_no_statement_more_is_asked(tmp_path: Path) -> None:
    with Store(tmp_path / "data", POSTGRES) as here, Store(tmp_path / "data", POSTGRES) as there:
        connection = here.connect()
        here.fill(connection, 2)
        first, second = (record.id for record in here.views.all_records(connection.id))
        editing = PostgresEditing(there.database, there.owners)
        editing.begin(second)

        edited = {record.id: record.editors for record in here.views.by_ids([first, second])}
        assert edited[first] == ()
        (editor,) = edited[second]
        assert editor.owner == there.owners.me
        assert editor.person

        with here.database.writing() as sql:
            sql.execute("UPDATE owner SET seen = seen - 60 WHERE id = ?", (there.owners.me,))
        assert here.views.by_ids([second])[0].editors == ()
        editing.end(second)
        assert here.views.by_ids([second])[0].editors == ()


def test_records_of_a_file_have_no_editors(tmp_path: Path) -> None:
    with Store(tmp_path / "data", SQLITE) as store:
        connection = store.connect()
        store.fill(connection, 1)
        assert [record.editors for record in store.views.all_records(connection.id)] == [()]
