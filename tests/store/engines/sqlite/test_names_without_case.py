"""Names are compared without case by the statements, not by the columns: another engine's columns have no such rule."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ac_desktop.model.scope import Scope, Team
from ac_desktop.store.backups import FILE_NAME
from tests.made_up import NOW, Store, settings


def take_the_rule_from_the_columns(file: Path) -> None:
    """Make the columns plain text, with the rule in an index of its own, as another engine has it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as sql:
        sql.execute("PRAGMA writable_schema=ON")
        sql.execute("UPDATE sqlite_master SET sql = replace(sql, ' COLLATE NOCASE', '') WHERE type = 'table'")
        sql.execute("PRAGMA writable_schema=RESET")
    with closing(sqlite3.connect(file, isolation_level=None)) as sql:
        for table in ("connection", "team"):
            sql.execute(f"CREATE UNIQUE INDEX {table}_by_name ON {table} (name COLLATE NOCASE)")
        assert sql.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND sql LIKE '%NOCASE%'").fetchall() == []


@pytest.fixture(params=["rule of the column", "plain column"])
def names(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "plain column":
        Store(tmp_path / "data").close()
        take_the_rule_from_the_columns(tmp_path / "data" / FILE_NAME)
    with Store(tmp_path / "data") as made:
        yield made


def test_a_connection_is_found_by_its_name_without_case_of_ascii(names: Store) -> None:
    spring, summer = names.connect(settings("Spring")), names.connect(settings("Été"))
    assert names.connections.named("sPRING") == spring
    assert names.connections.named("ÉTÉ") is None
    assert names.connections.named("ÉtÉ") is None
    assert names.connections.named("Été") == summer


def test_connections_and_teams_are_ordered_without_case_of_ascii(names: Store) -> None:
    for name in ("étude", "beta", "Zulu", "Alpha", "Étude", "alpine"):
        names.connect(settings(name, scope=Scope(team=Team(name, ()))))
    ordered = ["Alpha", "alpine", "beta", "Zulu", "Étude", "étude"]
    assert [one.name for one in names.connections.all()] == ordered
    assert [team.name for team in names.connections.teams()] == ordered


def test_a_team_is_one_whatever_the_case_of_ascii_it_is_typed_in(names: Store) -> None:
    first = names.connect(settings("First", scope=Scope(team=Team("North É", ("spring",)))))
    second = names.connect(settings("Second", scope=Scope(team=Team("NORTH É", ("gala",)))))
    names.connections.change(second.id, settings("Second", scope=Scope(team=Team("north É", ("walk",)))), NOW)
    assert names.connections.teams() == [Team("North É", ("walk",))]
    assert names.now_is(first).settings.scope.team == Team("North É", ("walk",))
    assert names.now_is(second).settings.scope.team == Team("north É", ("walk",))
    third = names.connect(settings("Third", scope=Scope(team=Team("North é", ("dinner",)))))
    assert names.now_is(third).settings.scope.team == Team("North é", ("dinner",))
