"""An empty QMainWindow: says so as soon as it was painted, with the memory it holds, and ends.

`python tests/benchmarks/bare/empty_window.py [table]`; with `table`, a table of forty lines of text in it.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

PAGE_BYTES = 4096


class Window(QMainWindow):
    """Reports its first paint."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)

    def tell(self) -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        print(json.dumps({"rss_mb": pages * PAGE_BYTES / 2**20}), flush=True)  # noqa: T201  read by the figure
        application.quit()


application = QApplication(sys.argv[:1])
window = Window()
if "table" in sys.argv:
    table = QTableWidget(40, 10)
    for row in range(40):
        for column in range(10):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    window.setCentralWidget(table)
window.resize(1240, 800)
window.show()
application.exec()
