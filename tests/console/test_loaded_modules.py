"""A command that only shows what is stored starts quickly: it loads nothing of what sends, reads files or draws."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.made_up import Store

LIST_MODULES: Final = """
import json
import sys
from ac_desktop.cli import main
code = main(sys.argv[1:])
print(json.dumps(sorted(sys.modules)))
sys.exit(code)
"""
NOT_NEEDED: Final = (
    "PySide6",
    "ac_desktop.activecampaign",
    "ac_desktop.platform.display",
    "ac_desktop.relay.engine",
    "ac_desktop.store.connections.key_hashes",
    "ac_desktop.ui",
    "email",
    "http",
    "keyring",
    "peewee",
    "psycopg",
    "requests",
)
"""Together they take longer than all that `status` does."""


@pytest.mark.parametrize("command", ["status", "connections", "layouts"])
def test_a_command_that_only_shows_loads_nothing_else(command: str, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.fill(store.connect(), 2)

    ended = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, command, "--data-dir", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )

    assert sorted(set(json.loads(ended.stdout.splitlines()[-1])) & set(NOT_NEEDED)) == []
