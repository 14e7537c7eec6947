"""A disk that takes no more, or a file that another program keeps locked, is named: no mistake of ours is claimed."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.fault_reports import FaultReports
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.store.engines.sqlite import rate_limit_store
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from ac_desktop.store.engines.sqlite.rate_limit_store import FILE_NAME, SqliteRateLimitStore
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.console.conftest import ROOT, Console, account, console, practice

__all__ = ["account", "console", "practice"]

ACCOUNT = "acct.api-us1.com"
LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
sys.argv[0] = "ac-desktop"
runpy.run_module("ac_desktop", run_name="__main__")
"""


def locked(folder: Path) -> sqlite3.Connection:
    """Keep the pace file as another program might."""
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    return holder


def test_a_pace_file_that_is_locked_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit_store, "BUSY_TIMEOUT_MS", 1)
    with closing(SqliteRateLimitStore(tmp_path)) as ledger:
        calls: list[Callable[[], object]] = [
            lambda: ledger.try_grant(ACCOUNT, 0.25, lambda: 1.0, lambda: 1.0),
            lambda: ledger.record_busy(ACCOUNT, 1.0, 1.0, 1.0),
            lambda: ledger.record_success(ACCOUNT, 1.0),
        ]
        ledger.try_grant(ACCOUNT, 0.25, lambda: 0.0, lambda: 0.0)
        ledger.record_busy(ACCOUNT, 1.0, 0.0, 0.0)
        with closing(locked(tmp_path)):
            for call in calls:
                with pytest.raises(StoreError, match="locked") as caught:
                    call()
                assert caught.value.trouble is StoreProblem.LOCKED
                assert str(tmp_path / FILE_NAME) in str(caught.value)
                assert "Your donors are safe" in str(caught.value)
        assert ledger.try_grant(ACCOUNT, 0.25, lambda: 9.0, lambda: 9.0) == 0.0


def _grant_many(ledger: SqliteRateLimitStore) -> None:
    for number in range(2_000):
        ledger.try_grant(f"account-{number}.example.org", 0.25, lambda: 1.0, lambda: 1.0)


def test_a_disk_without_room_for_the_pace_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with closing(SqliteRateLimitStore(tmp_path)) as ledger:
        opened[-1].execute("PRAGMA max_page_count=2").fetchall()
        with pytest.raises(StoreError, match="full") as caught:
            _grant_many(ledger)
        assert caught.value.trouble is StoreProblem.FULL
        assert str(tmp_path) in str(caught.value)


def test_a_pace_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError) as caught:
        SqliteRateLimitStore(tmp_path)
    assert str(tmp_path / FILE_NAME) in str(caught.value)


def test_a_folder_where_no_lock_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "owners").write_text("no folder")
    with pytest.raises(StoreError) as caught:
        SqliteOwners(tmp_path)
    assert str(tmp_path / "owners") in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for the size of files is Unix's")
@pytest.mark.parametrize(
    ("command", "limit"),
    [("status", 0), ("import", 9_000), ("import", 70_000), ("add", 2_000), ("relay", 40_000), ("report", 40_000)],
)
def test_no_command_calls_a_full_disk_a_mistake_of_its_own(
    console: Console, tmp_path: Path, command: str, limit: int
) -> None:
    console.connect()
    console("add", "Spring", "--email", "ann@example.org")
    shutil.rmtree(console.folder / "owners", ignore_errors=True)
    for file in console.folder.glob(f"{FILE_NAME}*"):
        file.unlink()
    source = tmp_path / "gifts.csv"
    rows = "".join(f"donor{number}@example.org,Ann\n" for number in range(2_000))
    source.write_text(f"Email,First Name\n{rows}", encoding="utf-8")
    arguments = {
        "status": [],
        "import": ["Spring", str(source)],
        "add": ["Spring", "--email", "bea@example.org"],
        "relay": ["Spring"],
        "report": ["Spring", "--out", str(tmp_path / "report.csv")],
    }[command]
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), command, *arguments, "--data-dir", str(console.folder)],
        cwd=ROOT, env={**os.environ, "AC_DESKTOP_API_KEY": console.key}, capture_output=True, text=True, timeout=100,
        check=False,
    )  # fmt: skip
    assert "mistake" not in ended.stderr, ended.stderr
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.returncode != 1
    if ended.returncode not in {0, 3}:
        assert str(tmp_path) in ended.stderr or "report.csv" in ended.stderr, ended.stderr
    assert not list(console.folder.glob("faults/*"))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_the_world_s_trouble_is_reported_by_name_wherever_it_comes_up(tmp_path: Path, code: int) -> None:
    reported: list[str] = []
    faults = FaultReports(tmp_path, reported.append)
    name = str(tmp_path / "somewhere.txt")
    faults.report(OSError(code, os.strerror(code), name))
    assert len(reported) == 1
    assert name in reported[0]
    assert "mistake" not in reported[0]
    assert "safe" in reported[0]
    assert not list(tmp_path.glob("faults/*"))


def test_a_thread_s_trouble_with_the_disk_is_reported_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[str] = []
    faults = FaultReports(tmp_path, reported.append)
    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    faults.install()

    def write() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path))

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert [str(tmp_path) in text for text in reported] == [True]


def test_other_errors_of_the_system_stay_faults_of_ours(tmp_path: Path) -> None:
    reported: list[str] = []
    FaultReports(tmp_path, reported.append).report(OSError(errno.EBADF, "Bad file descriptor"))
    assert "AC Desktop ran into an error" in reported[0]


def test_a_relay_whose_pace_file_is_locked_stops_with_its_name(
    console: Console, account: PracticeAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ac_desktop.app import ServiceParts, build
    from ac_desktop.model.redact import Redactor
    from ac_desktop.store.connections.keys import GivenKey, SessionKeys

    console.connect()
    console("add", "Spring", "--email", "ann@example.org")
    monkeypatch.setattr(rate_limit_store, "BUSY_TIMEOUT_MS", 1)
    redactor = Redactor()
    keys = GivenKey(console.key, SessionKeys(redactor), redactor)
    services = build(console.folder, parts=ServiceParts(keys=keys, offline=lambda _: False))
    try:
        (connection,) = services.connections.all()
        services.engine.subscribe(lambda: None)
        before = account.count()
        with closing(locked(console.folder)):
            services.engine.start(connection.id)
            assert services.engine.join(connection.id, 60)
        trouble = services.engine.progress(connection.id).trouble or ""
        assert str(console.folder / FILE_NAME) in trouble
        assert account.count() == before
        assert services.queue.counts(connection.id).waiting == 1
    finally:
        services.close()
