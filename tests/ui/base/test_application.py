"""A file that macOS opens with the program comes as an event, perhaps before there is a window."""

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


def test_files_wait_for_the_window_and_then_come_one_by_one() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _OPENS],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
    )
    assert json.loads(ended.stdout) == [["early.csv"], ["late.csv"], ["closed.csv"]]
