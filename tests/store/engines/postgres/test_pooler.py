"""A pooler that gives each transaction another session is recognised and refused: locks would stay with strangers."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.schema.versions import create_schema
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office_address import OfficeAddress
from tests.postgres_server import SUPERUSER

POOLER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
SETTINGS = """
[databases]
* = host=127.0.0.1 port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = {mode}
{more}
"""
PATIENCE = 20.0

pytestmark = pytest.mark.skipif(POOLER is None, reason="PgBouncer is not installed. On Debian: apt install pgbouncer")


@pytest.fixture(
    params=[
        (mode, more) for mode in ("transaction", "statement") for more in ("", "ignore_startup_parameters = options")
    ]
)
def pooled(request: pytest.FixtureRequest, address: OfficeAddress, tmp_path: Path) -> Iterator[OfficeAddress]:
    mode, more = request.param
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        own_port = free.getsockname()[1]
    folder = tmp_path / "pooler"
    folder.mkdir()
    (folder / "users").write_text(f'"{address.user}" "{address.password}"\n')
    ini = folder / "pgbouncer.ini"
    ini.write_text(SETTINGS.format(port=address.port, own_port=own_port, folder=folder, mode=mode, more=more))
    command = [str(POOLER), str(ini)]
    if Path("/proc/self").stat().st_uid == 0:
        for path in [*tmp_path.parents, tmp_path, folder]:
            if path.stat().st_uid == 0 and "pytest" in str(path):
                path.chmod(0o755)
        command[1:1] = ["-u", SUPERUSER]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        wait_for(own_port)
        yield replace(address, port=own_port)
        process.terminate()


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError


def test_a_pooler_is_no_server(pooled: OfficeAddress) -> None:
    for attempt in (PostgresDatabase, create_schema):
        with pytest.raises(StoreError) as caught:
            attempt(pooled)
        assert caught.value.message is StoreMessage.OFFICE_POOLER
