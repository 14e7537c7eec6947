import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.ui.base.bridge import Bridge
from tests.harness import Harness


class Counted:
    """A store whose version a test chooses, and which counts who asks for it."""

    def __init__(self) -> None:
        self.version = 0
        self.asked = 0

    def version_seen(self) -> int:
        self.asked += 1
        return self.version


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[threading.Thread] = []

    def hear(self, reported: object) -> None:
        self.heard.append(reported)
        self.threads.append(threading.current_thread())


def _shout(bridge: Bridge, times: int) -> None:
    for _ in range(times):
        bridge.something_changed()


def test_a_flood_of_news_from_threads_is_reported_at_most_ten_times_a_second(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener = Bridge(harness.services.database), Listener()
    bridge.changed.connect(listener.hear)
    threads = [threading.Thread(target=_shout, args=(bridge, 5_000)) for _ in range(4)]
    with qtbot.waitSignal(bridge.changed):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    with qtbot.waitSignal(bridge.changed):
        # Reported with all that came before it.
        bridge.something_changed()
    assert 1 <= len(listener.heard) <= 10
    assert set(listener.threads) == {threading.main_thread()}
    bridge.close()


def test_the_last_news_is_never_lost(qtbot: QtBot, harness: Harness) -> None:
    bridge = Bridge(harness.services.database)
    for _ in range(3):
        with qtbot.waitSignal(bridge.changed):
            bridge.something_changed()
    bridge.close()


def test_results_come_back_on_the_main_thread(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener = Bridge(harness.services.database), Listener()
    bridge.run(threading.current_thread, listener.hear)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard[0] is not threading.main_thread()
    assert listener.threads == [threading.main_thread()]
    assert not bridge.is_busy
    bridge.close()


class Owner:
    """Something whose last name may be the job that it gave away."""

    def __init__(self, ended_on: list[threading.Thread]) -> None:
        self._ended_on = ended_on

    def __del__(self) -> None:
        self._ended_on.append(threading.current_thread())

    def work(self) -> int:
        return 1


def test_what_a_job_is_of_ends_on_the_main_thread(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener, ended_on = Bridge(harness.services.database), Listener(), list[threading.Thread]()
    for _ in range(20):
        bridge.run(Owner(ended_on).work, listener.hear)
    qtbot.waitUntil(lambda: len(ended_on) == 20)
    assert listener.heard == [1] * 20
    assert set(ended_on) == {threading.main_thread()}
    bridge.close()


def _fail() -> int:
    raise ValueError("no")


def test_an_exception_comes_back_whole(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener = Bridge(harness.services.database), Listener()
    bridge.run(_fail, listener.hear, listener.hear)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert isinstance(listener.heard[0], ValueError)
    bridge.close()


def test_an_exception_that_nobody_takes_reaches_the_exception_hook(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener = Bridge(harness.services.database), Listener()
    with qtbot.capture_exceptions() as caught:
        bridge.run(_fail, listener.hear)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ValueError
    assert listener.heard == []
    bridge.close()


def test_a_result_for_a_widget_that_is_gone_is_left_out(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener = Bridge(harness.services.database), Listener()
    go_on = threading.Event()
    bridge.run(partial(go_on.wait, 5), listener.hear)
    listener.deleteLater()
    qtbot.waitUntil(lambda: _is_gone(listener))
    go_on.set()
    qtbot.waitUntil(lambda: not bridge.is_busy)
    assert listener.heard == []
    bridge.close()


def _is_gone(one: QObject) -> bool:
    return not isValid(one)


def test_nothing_is_delivered_after_the_end(qtbot: QtBot, harness: Harness) -> None:
    bridge, listener = Bridge(harness.services.database), Listener()
    bridge.changed.connect(listener.hear)
    bridge.something_changed()
    bridge.close()
    bridge.something_changed()
    bridge.run(list, listener.hear)
    with qtbot.assertNotEmitted(bridge.changed, wait=250):
        pass
    assert listener.heard == []


def test_what_another_process_writes_is_seen(qtbot: QtBot, harness: Harness) -> None:
    connection = harness.connect()
    bridge = Bridge(harness.services.database)
    other = SqliteDatabase(harness.folder)
    with qtbot.waitSignal(bridge.changed, timeout=5_000), other.writing() as sql:
        insert_event(sql, connection.id, EventKind.QUEUED, 1.0, {})
    other.close()
    bridge.close()


def test_what_was_reported_already_is_not_reported_again_for_its_version(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ac_desktop.ui.base.bridge.VERSION_INTERVAL_MS", 10)
    store, listener = Counted(), Listener()
    bridge = Bridge(store)
    bridge.changed.connect(listener.hear)
    store.version = 1
    with qtbot.waitSignal(bridge.changed):
        bridge.something_changed()
    store.asked = 0
    qtbot.waitUntil(lambda: store.asked > 2)
    assert len(listener.heard) == 1
    bridge.close()
