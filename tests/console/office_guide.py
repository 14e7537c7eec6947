"""The guide to an office is followed as it is written: its own certificate authority, create, invite, join."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation
from tests.guided_server import SERVER, certified_server, commands
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[PostgresServer]:
    """A server with the certificate that the guide's commands make."""
    running = certified_server(tmp_path)
    yield running
    running.close()


def test_the_guides_certificate_lets_everybody_in_who_has_its_authority(
    tmp_path: Path, certified: PostgresServer
) -> None:
    database = OfficeDatabase(certified)
    url = database.url.replace("127.0.0.1", SERVER)
    first = OfficeWorkstation(tmp_path / "first", OWNER_PASSWORD)
    created = first("office", "create", "--server", url, "--ca", tmp_path / "ca.crt")
    assert created.code == 0, created.err
    invited = first("office", "invite", f"ana_{database.mark}", "--role", "staff", "--out", tmp_path / "ana.acoffice")
    assert invited.code == 0, invited.err
    second = OfficeWorkstation(tmp_path / "second", "anas own")
    joined = second("office", "join", tmp_path / "ana.acoffice")
    assert joined.code == 0, joined.err
    assert {one["person"] for one in second("office", "status", "--json").json["workstations"]} == {
        database.owner,
        f"ana_{database.mark}",
    }


def test_a_backup_by_the_guides_line_is_restored_whole(tmp_path: Path, certified: PostgresServer) -> None:
    database = OfficeDatabase(certified)
    url = database.url.replace("127.0.0.1", SERVER)
    first = OfficeWorkstation(tmp_path / "first", OWNER_PASSWORD)
    assert first("office", "create", "--server", url, "--ca", tmp_path / "ca.crt").code == 0
    assert commands("pg_dump")[0].startswith("pg_dump -Fc donors >")
    dump = tmp_path / "donors.dump"
    with dump.open("wb") as file:
        certified.program("pg_dump", "-Fc", database.name, into=file)
    with certified.connect() as sql:
        sql.execute(b"CREATE DATABASE trial")
    certified.program("pg_restore", "-d", "trial", str(dump))
    counts = []
    for name in (database.name, "trial"):
        with certified.connect(name) as sql:
            counts.append(sql.execute("SELECT count(*) FROM ac_desktop.workstation").fetchall())
    assert counts[0] == counts[1] == [(1,)]
    assert first("office", "backup-done").code == 0
