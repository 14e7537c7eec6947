"""Who is changing a donor is seen by the others, and by nobody once they have ended."""

from pathlib import Path

from ac_desktop.store.engines.postgres.people.editing import PostgresEditing
from ac_desktop.store.office.editing import Editor
from tests.made_up import POSTGRES, Store


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
