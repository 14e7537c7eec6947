"""The height of the log under the queue: so much that the last row above it is whole."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QSplitter, QTableView

_QUEUE, _LOG = 0, 1
_MOVING: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Show})


class RowSnap(QObject):
    """Follows the splitter between queue and log. The height that a person gave the log is kept, plus part of a row."""

    def __init__(self, splitter: QSplitter, table: QTableView, parent: QObject) -> None:
        super().__init__(parent)
        self._splitter = splitter
        self._table = table
        self._wanted = 0
        self._is_on = True
        self._opens = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._snap)
        table.viewport().installEventFilter(self)
        splitter.splitterMoved.connect(self._take_wanted)

    def set_on(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        """Snap, or not while the log is closed to its bar. It opens as high as a person wanted it."""
        if on != self._is_on:
            self._is_on = on
            self._opens = on and self._wanted > 0
            self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again once the queue has another height."""
        if event.type() in _MOVING:
            self._later.start()
        return super().eventFilter(watched, event)

    def _take_wanted(self, *_: int) -> None:
        self._wanted = self._splitter.sizes()[_LOG]
        self._later.start()

    def _snap(self) -> None:
        row = self._table.verticalHeader().defaultSectionSize()
        sizes = self._splitter.sizes()
        if not self._is_on or not self._table.isVisible() or row <= 0 or 0 in sizes:
            return
        if self._opens:
            self._opens = False
            self._splitter.setSizes([sum(sizes) - self._wanted, self._wanted])
            self._later.start()
            return
        given = sizes[_LOG] - self._wanted
        if not 0 <= given < row:
            self._wanted, given = sizes[_LOG], 0
        part = (self._table.viewport().height() + given) % row
        if part != given:
            self._splitter.setSizes([sizes[_QUEUE] + given - part, self._wanted + part])
