"""The released program of before beside this one in an office: it works until a breaking step, then it is refused."""

import os
from pathlib import Path

import pytest
from psycopg.sql import SQL, Identifier

from ac_desktop import __version__
from ac_desktop.console.terminal import ExitCode
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.backups import FILE_NAME
from ac_desktop.store.engines.postgres.version_numbers import VERSION
from tests.anedot import donation_rows, write_export
from tests.console.conftest import Ran
from tests.console.offices import OfficeDatabase, OfficeWorkstation, create_office, joined
from tests.console.test_service import serving
from tests.newer_program import VARIABLE
from tests.postgres_server import server
from tests.released_program import released_version, unpack

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
NEWER = "tests.newer_program"
COMMANDS = (
    ("status",),
    ("connections",),
    ("add", "Spring", "--email", "late@example.org"),
    ("import", "Spring", "FILE"),
    ("relay", "Spring"),
    ("relay", "--serve"),
    ("log", "Spring"),
    ("pause", "Spring"),
    ("erase", "donor1@example.org", "--yes"),
    ("office", "status"),
    ("office", "people"),
    ("office", "invite", "eve", "--role", "staff", "--out", "FILE"),
    ("office", "move-out", "--to", "FOLDER"),
)
EXPECTED = "Your office works with a newer AC Desktop. Nothing was changed. Update AC Desktop on this computer."


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(tmp_path_factory.mktemp("older"))


def updated(workstation: OfficeWorkstation, database: OfficeDatabase, steps: int) -> Ran:
    """Update the office by a program that is newer by some steps."""
    os.environ[VARIABLE] = str(steps)
    return workstation("office", "create", "--server", database.url, module=NEWER)


def standing(database: OfficeDatabase) -> tuple[object, ...]:
    """Return the office's versions."""
    with server().connect(database.name) as sql:
        found = sql.execute("SELECT version, oldest_program FROM ac_desktop.office").fetchone()
    assert found is not None
    return found


def everything(database: OfficeDatabase) -> dict[str, list[str]]:
    """Return all rows of all tables."""
    with server().connect(database.name) as sql:
        names = sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'ac_desktop'").fetchall()
        return {
            name: sorted(
                row for (row,) in sql.execute(SQL("SELECT t::text FROM ac_desktop.{} t").format(Identifier(name)))
            )
            for (name,) in names
        }


def test_the_program_of_before_works_beside_this_one_until_a_breaking_step_then_it_is_refused(
    tmp_path: Path, older: Path, account: PracticeAccount, practice: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "0")
    database = OfficeDatabase()
    desk = create_office(database, tmp_path / "desk")
    admin = joined(desk, tmp_path / "admin", f"ana_{database.mark}", "admin", older)
    service = joined(desk, tmp_path / "service", f"robot_{database.mark}", "relay", older)
    files = [write_export(tmp_path / f"{first}.csv", donation_rows(3, first)) for first in range(0, 15, 3)]
    assert admin("connect", "Spring", "--url", practice.url, "--list", practice.list_id, key=practice.key).code == 0

    shown = {one["person"]: one["version"] for one in admin("office", "status", "--json").json["workstations"]}
    assert shown == {
        database.owner: __version__,
        f"ana_{database.mark}": released_version(),
        f"robot_{database.mark}": released_version(),
    }
    assert admin("import", "Spring", files[0]).code == 0
    relayed = desk("relay", "Spring", "--json", key=practice.key)
    assert (relayed.code, relayed.json["records"]["sent"]) == (ExitCode.OK, 3)
    assert desk("import", "Spring", files[1]).code == 0
    relayed = admin("relay", "Spring", "--json", key=practice.key)
    assert (relayed.code, relayed.json["records"]["sent"]) == (ExitCode.OK, 6)

    with serving(service, practice.key) as running:
        running.until("started")
        assert admin("import", "Spring", files[2]).code == 0
        assert running.until("relayed")["sent"] == 3

        added = updated(desk, database, 1)
        assert added.code == 0, added.err
        assert standing(database) == (VERSION + 1, 1)
        assert admin("import", "Spring", files[3]).code == 0
        assert running.until("relayed")["sent"] == 3, "what was prepared before the step goes on"
        assert desk("import", "Spring", files[4], module=NEWER).code == 0
        assert running.until("relayed")["sent"] == 3
        assert admin("status", "--json").json["connections"][0]["records"]["sent"] == 15
        assert len(admin("log", "Spring", "--json").lines) == 15
        moved = admin("office", "move-out", "--to", tmp_path / "out")
        assert (moved.code, EXPECTED in moved.err) == (ExitCode.WRONG_USE, True), "it knows not all that there is"
        assert not (tmp_path / "out" / FILE_NAME).exists()

        refused = updated(desk, database, 2)
        assert (refused.code, f"robot_{database.mark}" in refused.err) == (ExitCode.WRONG_USE, True), refused.err
        assert "Nothing was changed." in refused.err
        assert standing(database) == (VERSION + 1, 1)
        assert running.end() == ExitCode.OK

    broken = updated(desk, database, 2)
    assert broken.code == 0, broken.err
    assert standing(database) == (VERSION + 2, VERSION + 2)
    before = everything(database)
    for command in COMMANDS:
        words = [{"FILE": tmp_path / "new.csv", "FOLDER": tmp_path / "out"}.get(word, word) for word in command]
        ran = admin(*words, key=practice.key)
        assert (ran.code, EXPECTED in ran.err) == (ExitCode.WRONG_USE, True), (command, ran)
        assert len(ran.err.strip().splitlines()) == 1
    assert everything(database) == before
    status = desk("status", "--json", module=NEWER)
    assert status.json["connections"][0]["records"]["sent"] == 15
    assert len(account.members("1")) == account.count("contact/sync") == 15
    server().drop_database(database.name)
