"""The search on the Check page: from one row that contains a text to the next."""

from array import array
from bisect import bisect_left
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.parts.search_line import show_as_search
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_XS, scaled

_PAUSE_MS: Final = 200
_LEAST_WIDTH: Final = 132
_WIDTH: Final = 190


class RowSearch(QWidget):
    """Takes the text; `wanted` asks for the rows that contain it, `chosen` carries the place of one of them."""

    wanted = Signal(str)
    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.found = QLabel()
        self.previous, self.next = QToolButton(), QToolButton()
        self._rows: array[int] = array("q")
        self._row, self._here = 0, -1
        self._is_found = self._goes_on = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PAUSE_MS)
        self._lay_out()
        self._typing.timeout.connect(self._ask)
        self.field.textChanged.connect(self._type)
        self.previous.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self._show_number()

    def _lay_out(self) -> None:
        self.field.setPlaceholderText(tr("Search rows"))
        self.field.setAccessibleName(tr("Search rows"))
        self.field.setAccessibleDescription(
            tr("Searches names, emails, phones, pages and row numbers. Press Enter for the next row, Esc to clear.")
        )
        self.field.setToolTip(self.field.accessibleDescription())
        self.field.setAcceptDrops(False)
        show_as_search(self.field)
        self.field.installEventFilter(self)
        self.field.setMinimumWidth(scaled(_LEAST_WIDTH, self))
        self.field.setMaximumWidth(scaled(_WIDTH, self))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        buttons = (
            (self.previous, "chevron-up", tr("Previous row found (Shift+F3)")),
            (self.next, "chevron-down", tr("Next row found (F3)")),
        )
        for button, icon, name in buttons:
            icons.set_icon(button, icon)
            button.setIconSize(icons.size_for(self))
            set_button_kind(button, ButtonKind.FLAT)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(name)
            button.setToolTip(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(SPACE_XS, self))
        for part in (self.field, self.previous, self.next, self.found):
            layout.addWidget(part, 100 if part is self.field else 0)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        """What is looked for."""
        return self.field.text().strip()

    def focus(self) -> None:
        """Focus the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def forget(self) -> None:
        """Look for nothing, as other rows are shown."""
        self.field.clear()
        self._typing.stop()
        self._ask()

    def ask_again(self) -> None:
        """Ask for the rows again, as they have changed; the current row stays."""
        if self.text:
            self.wanted.emit(self.text)

    def show_found(self, rows: "array[int]", current: int) -> None:
        """Take the places of the rows that contain the text; go to the first one from the current row on."""
        self._rows, self._is_found = rows, True
        goes_on, self._goes_on = self._goes_on, False
        self.show_current(current)
        if goes_on and rows:
            self._go_to(bisect_left(rows, current) % len(rows))
        if goes_on:
            self._announce()

    def show_current(self, row: int) -> None:
        """Show which of the rows found is the current one."""
        self._row, place = row, bisect_left(self._rows, row)
        self._here = place if place < len(self._rows) and self._rows[place] == row else -1
        self._show_number()

    def go_on(self) -> None:
        """Go to the next row found, from the last one to the first."""
        self._step(1)

    def go_back(self) -> None:
        """Go to the row found before, from the first one to the last."""
        self._step(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter, back with Shift+Enter, and to the table with Esc and Down."""
        if watched is not self.field or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            case Qt.Key.Key_Escape:
                self.forget()
                self.left.emit()
            case Qt.Key.Key_Down:
                self.left.emit()
            case _:
                return False
        return True

    def _type(self, _text: str) -> None:
        self._typing.start()

    def _ask(self) -> None:
        self._rows, self._here, self._is_found = array("q"), -1, False
        self._goes_on = True
        self._show_number()
        self.wanted.emit(self.text)

    def _step(self, step: int) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._ask()
        elif self._rows:
            after = bisect_left(self._rows, self._row)
            is_between = self._here < 0 and step > 0
            self._go_to((after if is_between else after + step) % len(self._rows))
            self._announce()

    def _go_to(self, place: int) -> None:
        self.show_current(self._rows[place])
        self.chosen.emit(self._rows[place])

    def _show_number(self) -> None:
        is_shown, total = bool(self.text) and self._is_found, len(self._rows)
        if self._here >= 0:
            here = formatting.count(self._here + 1)
            self.found.setText(tr("{number} of {total}", number=here, total=formatting.count(total)))
        elif total:
            self.found.setText(ntr("{count} row found", "{count} rows found", total))
        else:
            self.found.setText(tr("No rows found"))
        self.found.setVisible(is_shown)
        for button in (self.previous, self.next):
            button.setVisible(is_shown and bool(self._rows))

    def _announce(self) -> None:
        announce(self.field, self.found.text())
