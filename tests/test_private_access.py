"""Tests use the program as its other parts do: what begins with an underscore is its own affair."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parent
OURS: Final = "ac_desktop"
BY_NAME: Final = frozenset({"setattr", "getattr", "delattr", "object"})
"""Calls that take an object and the name of its attribute; the last is `patch.object`."""

BETWEEN = "something happens between two steps that are one to everybody else"
BROKEN = "a fault is put where a fault would be"
BOUND = "a bound of time, memory or size is made small, or looked at"
GUARD = "the guard is taken out, and the test has to notice"
SENT_SQL = "the statements sent to SQLite are counted or changed on the connection itself"
EXCEPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "activecampaign/test_client.py": {"_transport_failure": "no server can bring this error about"},
    "console/test_help.py": {"_actions": "argparse has no public list of a parser's options"},
    "importing/formats/test_archive.py": {"_shared_writer": SENT_SQL},
    "importing/formats/test_workbook_guard.py": {"_BEYOND": BOUND, "_size_if_within": BOUND},
    "importing/reading_counts.py": {"_Detector": "how often a file's columns are detected is counted"},
    "importing/test_reader_process.py": {"_sender": "Windows alone leaves this end of the pipe open"},
    "platform/test_private_files.py": {"_hold": BETWEEN},
    "promises/step_scenes.py": {"_rename": BETWEEN},
    "promises/test_consent_machine.py": {"_is_last": GUARD, "_may_join": GUARD},
    "promises/test_donor_data.py": {"_anonymise_records": BETWEEN},
    "promises/test_one_budget.py": {"_shorten_busy": BETWEEN},
    "promises/test_own_faults.py": dict.fromkeys(("_exchange", "_record", "_step_log"), BROKEN),
    "relay/test_progress.py": {"_recent": BOUND},
    "reporting/test_report.py": {"_connection": SENT_SQL},
    "store/connections/test_keys.py": {
        "_keyring_name": "no computer has every keyring",
        "_session": "that holds no key",
    },
    "store/engines/sqlite/recovery/test_file_move.py": {"_open_sound": BROKEN, "_opened": BETWEEN},
    "store/engines/sqlite/test_database.py": {"_connection": SENT_SQL},
    "store/engines/sqlite/test_fair_lock.py": {"_lock": "the guard of the lock itself is interrupted"},
    "store/engines/sqlite/test_migration.py": {"_back_up": BETWEEN},
    "store/engines/sqlite/test_rate_limit_store.py": {"_writing": BROKEN},
}
"""What has no public way: the members each module of tests uses, with the reason."""


def private_accesses(source: str) -> Iterator[tuple[int, str]]:
    """Return the line and the name of each private member of the program that a module of tests uses."""
    tree = ast.parse(source)
    foreign = _foreign_names(tree)
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] == OURS:
                yield from ((node.lineno, alias.name) for alias in node.names if _is_private(alias.name))
            case ast.Attribute(value=owner, attr=name) if _is_private(name) and not _is_own(owner, foreign):
                yield node.lineno, name
            case ast.Call(args=[owner, ast.Constant(value=str(name)), *_]) if _is_private(name):
                if _called(node) in BY_NAME and not _is_own(owner, foreign):
                    yield node.lineno, name
            case ast.Constant(value=str(text)) if text.startswith(f"{OURS}.") and " " not in text:
                yield from ((node.lineno, part) for part in text.split(".") if _is_private(part))
            case _:
                pass


def _foreign_names(tree: ast.Module) -> frozenset[str]:
    """Return what a module imports from elsewhere: from Python, from a library, or from other tests."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {
                alias.asname or alias.name.split(".")[0] for alias in node.names if alias.name.split(".")[0] != OURS
            }
        elif isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] != OURS:
            found |= {alias.asname or alias.name for alias in node.names}
    return frozenset(found)


def _is_own(owner: ast.expr, foreign: frozenset[str]) -> bool:
    return isinstance(owner, ast.Name) and owner.id in {"self", "cls", *foreign}


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("window._services.engine", ["_services"]),
        ("super()._write()", ["_write"]),
        ("self.window._bridge", ["_bridge"]),
        ("from ac_desktop.store import _rows", ["_rows"]),
        ("from ac_desktop.store import queue\nqueue._NEXT", ["_NEXT"]),
        ("patch.setattr(Retention, '_forget', forget)", ["_forget"]),
        ("Place('ac_desktop.relay.engine.RelayEngine._store')", ["_store"]),
        ("self._window", []),
        ("import os\nos._exit(0)", []),
        ("from tests import audit\npatch.setattr(audit, '_run', run)", []),
        ("window.__class__.__name__", []),
        ("window.services", []),
    ],
)
def test_what_counts_as_private(source: str, names: list[str]) -> None:
    assert [name for _, name in private_accesses(source)] == names


def test_no_test_reaches_into_the_program() -> None:
    allowed = {(place, name) for place, names in EXCEPTIONS.items() for name in names}
    found = {
        (path.relative_to(TESTS).as_posix(), name): line
        for path in sorted(TESTS.rglob("*.py"))
        for line, name in private_accesses(path.read_text(encoding="utf-8"))
    }
    assert {place: line for place, line in found.items() if place not in allowed} == {}
    assert sorted(allowed - found.keys()) == [], "exceptions that nobody needs any more"
