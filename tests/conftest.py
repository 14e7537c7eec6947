"""What every test gets: no network but loopback, no place of the person's own, no thread left behind."""

import gc
import os
import runpy
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ac_desktop.platform import process
from tests import at_length
from tests.lent_server import lending
from tests.postgres_store import drop_offices
from tests.promises.counts import pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown
from tests.wine import marker
from tests.wine.marker import pytest_configure

__all__ = [
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
]

_GUARD = Path(__file__).parent / "loopback_only"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_GUARD), os.environ.get("PYTHONPATH")]))
for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    os.environ[variable] = tempfile.mkdtemp(prefix="ac-desktop-test-")
for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
    os.environ.pop(variable, None)
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("AC_DESKTOP_API_KEY", None)
os.environ.pop("AC_DESKTOP_DATA_DIR", None)

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.register_profile("brief", derandomize=True, deadline=None, max_examples=20)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

runpy.run_path(str(_GUARD / "sitecustomize.py"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is for the longer run, and leave out what cannot hold under Wine."""
    at_length.mark(items)
    marker.leave_out(items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Set what was imported and collected apart: every later look for garbage would go through all of it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _lent_server() -> Iterator[None]:
    with lending():
        yield


@pytest.fixture(autouse=True)
def _no_office_left() -> Iterator[None]:
    yield
    drop_offices()


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home))


@pytest.fixture(autouse=True)
def _dumps_as_the_system_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the limit of this process: who lowers it cannot raise it again."""
    monkeypatch.setattr(process, "forbid_core_dumps", lambda: None)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(5)
    still = [thread.name for thread in left if thread.is_alive()]
    assert not still, f"threads left behind: {still}"


@pytest.fixture(autouse=True)
def _garbage_of_windows_on_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect by hand where there are widgets, as the program does: on another thread they can stop both."""
    if "qapp" in request.fixturenames:
        process.leave_garbage()
    yield
    if not gc.isenabled():
        process.collect_garbage()
        gc.enable()
