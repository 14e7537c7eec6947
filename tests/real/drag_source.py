"""A window from which a file can be dragged, `python -m tests.real.drag_source FILE`; it says what becomes of the drag.

It stays when the file was dropped, as whoever gets the file asks for it only then.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

TITLE = "Made-up file manager"


class DragSource(QLabel):
    """Drags its file as soon as the mouse moves on it with a button down, and proposes a move: only a copy is right."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self._file = file
        self.setWindowTitle(TITLE)
        self.setFixedSize(220, 120)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt calls it so
        print("pressed", flush=True)  # noqa: T201  the test reads it

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt calls it so
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._file))])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.actionChanged.connect(lambda action: print(action.name, flush=True))  # noqa: T201  the test reads it
        done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        print("dropped" if done is Qt.DropAction.CopyAction else "refused", flush=True)  # noqa: T201


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    source = DragSource(Path(sys.argv[1]))
    source.show()
    sys.exit(application.exec())
