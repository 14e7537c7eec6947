"""What eyes and screen readers find in a window: its texts, its names, and what has too little space."""

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from ac_desktop.ui.base.labels import ElidedLabel

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
MOST_ROWS = 60


def in_sight(root: QWidget) -> list[QWidget]:
    """Return a window and all in it that is shown, without Qt's own inner parts."""
    shown = [one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and one.window() is root]
    return [root, *(one for one in shown if not one.objectName().startswith("qt_"))]


def texts(root: QWidget) -> Iterator[str]:
    """Return everything that a window shows, or offers to a screen reader, but for what a person is typing just now."""
    for widget in in_sight(root):
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield from (text for text in _own_texts(widget) if text)


def _own_texts(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from ("" if widget.hasFocus() else widget.displayText(), widget.placeholderText())
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(at) for at in range(widget.count()))
            yield from (widget.tabToolTip(at) for at in range(widget.count()))
        case QGroupBox():
            yield widget.title()
        case QProgressBar():
            yield widget.text()
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QMenuBar() | QMenu():
            yield from _of_actions(widget)
        case QAbstractItemView():
            yield from _cells(widget)
        case _:
            return


def _of_actions(menu: QMenuBar | QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text().split("\t")[0]
        yield action.toolTip()
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _of_actions(below)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    orientations = (Qt.Orientation.Horizontal, Qt.Orientation.Vertical) if isinstance(view, QTableView) else ()
    for orientation in orientations:
        for at in range(min(MOST_ROWS, _extent(model, orientation))):
            yield str(model.headerData(at, orientation) or "")
    for row in range(min(MOST_ROWS, model.rowCount(QModelIndex()))):
        for column in range(_extent(model, Qt.Orientation.Horizontal)):
            cell = model.index(row, column)
            for role in ROLES:
                yield str(cell.data(role) or "")


def _extent(model: QAbstractItemModel, orientation: Qt.Orientation) -> int:
    across = orientation is Qt.Orientation.Horizontal
    if not across:
        return model.rowCount(QModelIndex())
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())


def unnamed(root: QWidget) -> list[str]:
    """Return the focusable controls that a screen reader has no name for."""
    found = []
    for widget in in_sight(root)[1:]:
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}")
    return found


def drop_targets(root: QWidget) -> list[str]:
    """Return what takes drops: a text field would answer with a move, and the source would delete what was dragged."""
    found = [one for one in (root, *root.findChildren(QWidget)) if one.acceptDrops() and one.window() is root]
    return [f"{type(one).__name__} in {type(one.parentWidget()).__name__}" for one in found]


def clipped(root: QWidget) -> list[str]:
    """Return what has less space than its text needs, or extends over the edge of its window."""
    # What has changed just now is laid out first, as it is before anybody sees it.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    found = []
    for child in in_sight(root)[1:]:
        if not isinstance(child, QLabel | QAbstractButton | QComboBox) or isinstance(child, ElidedLabel):
            continue
        text = child.currentText() if isinstance(child, QComboBox) else child.text()
        if not text:
            continue
        wanted = child.minimumSizeHint()
        if isinstance(child, QLabel) and child.wordWrap():
            wanted.setHeight(child.heightForWidth(child.width()))
            wanted.setWidth(0)
        elif isinstance(child, QLabel):
            wanted.setHeight(child.fontMetrics().height())
        if child.width() < wanted.width() or child.height() < wanted.height():
            found.append(f"{type(child).__name__} “{text}”: {child.size()} of {wanted}")
        elif not _scrolls(child) and not root.rect().contains(QRect(child.mapTo(root, QPoint(0, 0)), child.size())):
            found.append(f"{type(child).__name__} “{text}” stands over the edge")
    return found


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


class English:
    """Knows the texts of ours that are shown in English, though there are translations of them."""

    def __init__(self, translations: Sequence[tuple[str, str]], but_for: frozenset[str] = frozenset()) -> None:
        self._but_for = but_for
        self._plain: dict[str, list[str]] = {}
        self._patterns: list[tuple[str, re.Pattern[str], re.Pattern[str]]] = []
        """The longest fixed part of a text, which is looked for first: an expression costs thirty times as much."""
        self._known: dict[str, bool] = {}
        for text, other in translations:
            if text == other:
                continue
            if _HOLE.search(text) or _HOLE.search(other):
                fixed = max(_HOLE.split(text.replace("&", "")), key=len)
                self._patterns.append((fixed, _pattern(text), _pattern(other)))
            elif _LETTERS.search(text):
                self._plain.setdefault(text.replace("&", ""), []).append(other.replace("&", ""))

    def left_in(self, root: QWidget) -> list[str]:
        """Return the texts of a window that nobody translated."""
        return sorted(text for text in {*texts(root)} - self._but_for if self._is_english(text))

    def _is_english(self, text: str) -> bool:
        if text not in self._known:
            self._known[text] = self._is_only_english(text.replace("&", ""))
        return self._known[text]

    def _is_only_english(self, text: str) -> bool:
        if any(text != other for other in self._plain.get(text, ())):
            return True
        return any(
            fixed in text and english.fullmatch(text) and not other.fullmatch(text)
            for fixed, english, other in self._patterns
        )


_HOLE = re.compile(r"\{\w+\}|%L?n")
_LETTERS = re.compile(r"[A-Za-z]{3}")


def _pattern(template: str) -> re.Pattern[str]:
    template = template.replace("&", "")
    parts = _HOLE.split(template)
    if not any(_LETTERS.search(part) for part in parts):
        return re.compile(r"(?!)")
    values = [r"\d[\d.,\s]*" if hole == "{count}" else ".*" for hole in _HOLE.findall(template)] + [""]
    return re.compile("".join(re.escape(part) + value for part, value in zip(parts, values, strict=True)), re.DOTALL)
