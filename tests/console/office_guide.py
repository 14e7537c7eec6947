"""The guide to an office is followed as it is written: its own certificate authority, create, invite, join."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
GUIDE: Final = Path(__file__).parents[2] / "docs" / "office.md"
SERVER: Final = "localhost"
_SETTING: Final = re.compile(r'-c "(ALTER SYSTEM SET (\w+) = [^"]+)"')
_PLACED: Final = frozenset({"ssl_cert_file", "ssl_key_file", "listen_addresses", "ssl"})
"""Settings that a server of the tests has otherwise: its files are elsewhere, and it stays on loopback."""


def commands(program: str) -> list[str]:
    """Return the guide's commands of a program, with the name of the tests' server."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.replace("db.example.org", SERVER) for line in lines if program in line.split()]


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[PostgresServer]:
    """A server with the certificate that the guide's commands make."""
    asked = commands("openssl")
    assert len(asked) == 3
    for command in asked:
        subprocess.run(shlex.split(command), cwd=tmp_path, check=True, capture_output=True)
    running = PostgresServer(is_small=True)
    running.encrypt((tmp_path / "server.crt").read_bytes(), (tmp_path / "server.key").read_bytes())
    with running.connect() as sql:
        settings = {found[2]: found[1] for found in _SETTING.finditer(_settings())}
        assert settings.keys() > _PLACED
        for line in (line for name, line in settings.items() if name not in _PLACED):
            sql.execute(line.encode())
    yield running
    running.close()


def _settings() -> str:
    (line,) = (line for line in commands("psql") if "ssl_cert_file" in line)
    return line


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
