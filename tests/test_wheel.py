"""The Qt that is installed holds: some builds drop a reference with every signal and abort after minutes."""

import subprocess
import sys

_EMITS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal


class Source(QObject):
    told = Signal(object)


application = QCoreApplication([])
source = Source()
heard = []
source.told.connect(heard.append)
for number in range(5000):
    source.told.emit(number)
print(len(heard))
"""


def test_five_thousand_signals_arrive_and_nothing_aborts() -> None:
    ended = subprocess.run([sys.executable, "-c", _EMITS], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "5000"), ended.stderr
