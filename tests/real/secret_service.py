"""The key in a real Secret Service: kept, found after a restart, gone with the connection.

Runs within `dbus-run-session`; a GNOME Keyring of its own, in a temporary home, ends with the bus of that session.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.practice.server import PracticeServer
from tests.real.programs import program

ROOT = Path(__file__).parents[2]


@pytest.fixture
def session(tmp_path: Path) -> dict[str, str]:
    environment = dict(os.environ)
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.SecretService.Keyring"
    environment["XDG_RUNTIME_DIR"] = str(tmp_path / "run")
    (tmp_path / "run").mkdir(mode=0o700)
    started = subprocess.run(
        ["gnome-keyring-daemon", "--daemonize", "--unlock", "--components=secrets"],
        env=environment,
        input=b"made up",
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    return environment


def _run(folder: Path, environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*program(), *arguments, "--data-dir", str(folder)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


_DELETE = """
import sys
from pathlib import Path
from ac_desktop.app import build

services = build(Path(sys.argv[1]))
connection = services.connections.named("Spring")
name = services.connections.key_name(connection.id)
services.remove_connection(connection.id)
print(services.keys.get(name))
services.close()
"""


def test_the_key_is_kept_found_after_a_restart_and_deleted_with_its_connection(
    session: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    with PracticeServer(rate=0) as server:
        kept = _run(
            folder,
            session | {"AC_DESKTOP_API_KEY": server.key},
            "connect", "Spring", "--url", server.url, "--list", server.list_id,
        )  # fmt: skip
        assert kept.returncode == 0, kept.stderr
        assert "Saved in GNOME Keyring." in kept.stdout

        after_restart = _run(folder, session, "test", "Spring")
        assert after_restart.returncode == 0, after_restart.stderr

        deleted = subprocess.run(
            [sys.executable, "-c", _DELETE, str(folder)],
            cwd=ROOT, env=session, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (deleted.returncode, deleted.stdout.strip()) == (0, "None"), deleted.stderr
    assert all(server.key.encode() not in file.read_bytes() for file in folder.rglob("*") if file.is_file())
