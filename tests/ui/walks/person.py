"""A person at the window: keys go to what has the focus, clicks to what is in sight; both are counted."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QTableView, QWidget

from tests.ui.seen import in_sight, texts

CTRL: Final = Qt.KeyboardModifier.ControlModifier
ALT: Final = Qt.KeyboardModifier.AltModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
KEYS: Final = Qt.Key
MOST_STOPS: Final = 60


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


class Waits(Protocol):
    """What waits in the event loop, as pytest-qt's robot does."""

    @property
    def TimeoutError(self) -> type[Exception]:  # noqa: N802  as the robot names it
        """What is raised where it does not come."""

    def waitUntil(self, holds: Callable[[], bool]) -> None:  # noqa: N802  as the robot names it
        """Return once it holds. Raise TimeoutError where it does not come."""


class Person:
    """Presses keys and clicks, and waits for what is to be seen."""

    def __init__(self, qtbot: Waits, main_window: QWidget) -> None:
        self._qtbot = qtbot
        self._main_window = main_window
        self.keys = 0
        """Keys pressed, but for the texts that are typed."""
        self.clicks = 0

    @property
    def window(self) -> QWidget:
        """The window in front."""
        window = QApplication.activeWindow()
        assert window is not None, "no window is in front"
        return window

    @property
    def focus(self) -> QWidget:
        """What has the focus; it is in the window in front, and in sight."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        assert focus.window() is self.window
        assert focus.isVisible()
        return focus

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Type a text; its first letter may open the field that takes the others."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)

    def tab_to(self, name: str, *, backward: bool = False) -> None:
        """Press Tab until what has this name has the focus."""
        passed: list[str] = []
        while not self.is_at(name):
            passed.append(name_of(self.focus))
            assert len(passed) < MOST_STOPS, f"Tab never comes to “{name}”: {passed}"
            self.press(KEYS.Key_Backtab if backward else KEYS.Key_Tab, SHIFT if backward else Qt.KeyboardModifier(0))

    def click(self, name: str) -> None:
        """Click the button of this name, once it can be used."""
        found: list[QAbstractButton] = []

        def is_there() -> bool:
            buttons = [one for one in in_sight(self.window) if isinstance(one, QAbstractButton)]
            found[:] = [one for one in buttons if one.isEnabled() and name_of(one) == name]
            return bool(found)

        self.waits(is_there, f"the button “{name}”")
        self._click(found[0], found[0].rect().center())

    def click_into(self, name: str) -> None:
        """Click the field of this name."""
        field = next(one for one in in_sight(self.window) if name_of(one) == name)
        self._click(field, field.rect().center())

    def click_row(self, view_name: str, start: str) -> None:
        """Click the row of a list or table whose first cell is spoken with these words at its start."""
        view = next(
            one for one in in_sight(self.window) if isinstance(one, QAbstractItemView) and name_of(one) == view_name
        )
        self._click(view.viewport(), view.visualRect(row_of(view, start)).center())

    def goes_to_the_main_window(self) -> None:
        """Bring the main window forward, as the next click is one into it."""
        self._main_window.activateWindow()
        self.waits(self._main_window.isActiveWindow, "the main window")

    def _click(self, widget: QWidget, at: QPoint) -> None:
        assert widget.isVisible()
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def is_at(self, name: str) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.window().isActiveWindow() and name_of(focus).startswith(name)

    def comes_to(self, name: str) -> None:
        """Wait until what has this name has the focus."""
        self.waits(lambda: self.is_at(name), f"the focus, on “{name}”,")

    def sees(self, *words: str) -> None:
        """Wait until one text in the window in front has all these words."""

        def are_seen() -> bool:
            window = QApplication.activeWindow()
            return window is not None and any(all(word in text for word in words) for text in texts(window))

        self.waits(are_seen, f"a text with {words}")

    def sees_rows(self, view_name: str, number: int) -> None:
        """Wait until a list or table has so many rows."""

        def are_there() -> bool:
            views = [one for one in in_sight(self.window) if isinstance(one, QAbstractItemView)]
            return [one.model().rowCount() for one in views if name_of(one) == view_name] == [number]

        self.waits(are_there, f"{number} rows in “{view_name}”")

    def waits(self, condition: Callable[[], bool], what: str) -> None:
        def holds() -> bool:
            if QApplication.activeWindow() is None:
                # Offscreen there is no window manager, which brings the next window forward where one was closed.
                (QApplication.activeModalWidget() or self._main_window).activateWindow()
            return condition()

        try:
            self._qtbot.waitUntil(holds)
        except self._qtbot.TimeoutError as error:
            shown = sorted(set(texts(self._main_window)))
            raise AssertionError(f"{what} did not come; focus: {self._focus_name()}; seen: {shown}") from error

    @staticmethod
    def _focus_name() -> str:
        focus = QApplication.focusWidget()
        return f"{type(focus).__name__} “{name_of(focus)}”" if focus is not None else "nothing"


def row_of(view: QAbstractItemView, start: str) -> QModelIndex:
    """Return the first cell in sight of the row that is spoken with these words at its start."""
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            index = model.index(row, column)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
            if str(spoken).startswith(start) and not view.visualRect(index).isEmpty():
                return index
    raise AssertionError(f"no row in sight begins with “{start}”")
