"""A file that macOS opens comes as an event, perhaps before there is a window; one thread collects the garbage."""

import json
import os
import subprocess
import sys

_OPENS = """
import json
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from ac_desktop.ui.base.application import DesktopApplication

application = DesktopApplication(sys.argv[:1])
taken = []
for name in ("early.csv", "late.csv", "closed.csv"):
    QCoreApplication.sendEvent(application, QFileOpenEvent("/made/up/" + name))
    application.deliver_to(None if name == "late.csv" else taken.append)
print(json.dumps([[path.name for path in paths] for paths in taken]))
"""

_LEAVES_GARBAGE = """
import gc
import json
import sys
import threading
import weakref
from PySide6.QtCore import QObject, QTimer
from ac_desktop.ui.base import application as module

module._COLLECT_EVERY_MS = 20
application = module.desktop_application()
assert module.desktop_application() is application
collected_by = []
gc.callbacks.append(lambda phase, _: collected_by.append(threading.current_thread().name))


class Circle:
    def __init__(self):
        self.itself = self
        self.widget = QObject()


gone = []


def leave():
    while not gone and not ended.is_set():
        made = [Circle() for _ in range(100)]
        weakref.finalize(made[0], gone.append, True)
        del made


ended = threading.Event()
behind = threading.Thread(target=leave, name="behind")
watch = QTimer()
watch.timeout.connect(lambda: gone and application.quit())
watch.start(20)
QTimer.singleShot(60_000, application.quit)
behind.start()
application.exec()
ended.set()
behind.join()
print(json.dumps([gone[:1], sorted(set(collected_by))]))
"""


def test_garbage_is_collected_and_on_the_thread_of_the_window_alone() -> None:
    """A widget that is collected on another one can stop both: each waits for what the other one holds."""
    assert _printed(_LEAVES_GARBAGE) == [[True], ["MainThread"]]


def test_files_wait_for_the_window_and_then_come_one_by_one() -> None:
    assert _printed(_OPENS) == [["early.csv"], ["late.csv"], ["closed.csv"]]


def _printed(code: str) -> object:
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
    )
    return json.loads(ended.stdout)
