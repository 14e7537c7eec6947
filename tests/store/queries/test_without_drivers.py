"""peewee is loaded without the drivers that it looks for, and an office loads its own all the same."""

import json
import subprocess
import sys
import threading
from collections.abc import Collection
from importlib import import_module
from typing import Final

import pytest

from ac_desktop.store.queries.without_drivers import DRIVERS, without_drivers

MOST_MORE: Final = 1.1
BARE: Final = f"sys.modules.update(dict.fromkeys({DRIVERS}))\nimport peewee"
AS_HERE: Final = "import ac_desktop.store.queries.without_drivers as here\nwith here.without_drivers():\n import peewee"
QUERIES: Final = "import ac_desktop.store.queries.record_sql"


def _loaded(lines: str, then: str = "") -> list[str]:
    """Return the modules that some lines load in a new Python."""
    shown = "print(json.dumps([name for name, module in sys.modules.items() if module]))"
    code = f"import json, sys\n{lines}\n{shown}\n{then}"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded: list[str] = json.loads(ended.stdout.splitlines()[0])
    return loaded


def _drivers(modules: Collection[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & {*DRIVERS, "psycopg_binary"}


def test_peewee_alone_would_load_the_driver_of_an_office() -> None:
    assert "psycopg" in _drivers(_loaded("import peewee"))


def test_peewee_is_loaded_without_any_driver_and_hardly_more_than_itself() -> None:
    loaded = _loaded(AS_HERE)
    ours = [name for name in loaded if name.startswith("ac_desktop")]
    assert _drivers(loaded) == set()
    assert len(loaded) - len(ours) <= len(_loaded(BARE)) * MOST_MORE


def test_the_composing_of_queries_loads_no_driver() -> None:
    loaded = _loaded(QUERIES)
    assert "peewee" in loaded
    assert _drivers(loaded) == set()


def test_an_office_loads_its_driver_before_the_queries_or_after_them() -> None:
    assert "psycopg" in _loaded(f"{QUERIES}\nimport psycopg")
    assert "peewee" in _loaded(f"import psycopg\n{QUERIES}", then="assert psycopg.connect")


def test_another_thread_finds_its_driver_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    found = []
    opening = threading.Thread(target=lambda: found.append(import_module("psycopg")))
    with without_drivers():
        with pytest.raises(ModuleNotFoundError):
            import_module("psycopg")
        opening.start()
        opening.join()
    assert found[0].connect
