"""Dropping files: which a drag carries, and the overlay over the whole window that says they are accepted."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.theme import Tone

_ICON = 64


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the local files that a drag carries; what is no regular file is refused when it is read."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.exists() and not path.is_dir()]


def answer_with_copy(event: QDropEvent) -> bool:
    """Accept a drag as a copy, and return whether it is one.

    A source that is asked to move deletes its files, so a drag that offers no copy is refused.
    """
    if not event.possibleActions() & Qt.DropAction.CopyAction:
        event.ignore()
        return False
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
    return True


class DropOverlay(QWidget):
    """Covers the window while files hover over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def show_over(self, text: str) -> None:
        """Cover the whole window with a sentence."""
        self._text = text
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        background = QColor(palette.color(QPalette.ColorRole.Base))
        background.setAlphaF(0.96)
        painter.fillRect(self.rect(), background)
        pen = QPen(palette.color(QPalette.ColorRole.Highlight), 3, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(14, 14, -14, -14), 12, 12)
        middle = self.rect().center()
        icon = icons.pixmap("import", Tone.NOTE, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QRect(middle.x() - _ICON // 2, middle.y() - _ICON - 8, _ICON, _ICON), icon)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        below = QRect(40, middle.y() + 12, self.width() - 80, self.height() // 2 - 40)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._text)
        painter.end()
        event.accept()


class FileDropWindow(QMainWindow):
    """A main window on which donor files may be dropped anywhere; `files_hover` when they are held over it."""

    files_hover = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.drop_overlay = DropOverlay(self)
        self.setAcceptDrops(True)

    def drop_text(self, paths: Sequence[Path] = ()) -> str:
        """Return what dropping these files will do, or donor files where none are named."""
        raise NotImplementedError

    def import_dropped(self, paths: list[Path]) -> None:
        """Import the files that were dropped."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drop overlay as large as the window."""
        super().resizeEvent(event)
        self.drop_overlay.setGeometry(self.rect())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files wherever they are held."""
        paths = dropped_files(event.mimeData())
        if paths and answer_with_copy(event):
            self.files_hover.emit()
            self.drop_overlay.show_over(self.drop_text(paths))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Keep accepting them."""
        answer_with_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the overlay."""
        self.drop_overlay.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files."""
        self.drop_overlay.hide()
        paths = dropped_files(event.mimeData())
        if paths and answer_with_copy(event):
            self.import_dropped(paths)
