"""The filter above the table: what is typed, how many it finds, and a button that clears it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.queries import record_query
from ac_desktop.store.queries.record_query import RecordFilter
from ac_desktop.ui.base import formatting
from ac_desktop.ui.queue.columns import TABS

_TYPING_MS: Final = 200


class FilterBar(QWidget):
    """Words and tokens; Esc clears them."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.found = QLabel()
        self.clear_button = QToolButton()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self._lay_out()
        self.edit.textChanged.connect(self._typing.start)
        self.edit.returnPressed.connect(self._apply_now)
        self.clear_button.clicked.connect(self.clear)

    def _lay_out(self) -> None:
        self.edit.setPlaceholderText(tr("Filter: name, address, file:, page:, state:, cause:  (Ctrl+F)"))
        self.edit.setAccessibleName(tr("Filter the donors"))
        self.edit.setAccessibleDescription(
            tr("Words are looked for in every column; file:, page:, state: and cause: in one alone. Esc clears.")
        )
        self.edit.setClearButtonEnabled(True)
        self.edit.setAcceptDrops(False)
        self.edit.installEventFilter(self)
        self.clear_button.setText(tr("Clear filter"))
        self.clear_button.setAutoRaise(True)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.found.hide()
        self.clear_button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.found)
        layout.addWidget(self.clear_button)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.edit.text().strip()

    def filter(self) -> RecordFilter:
        """Return the filter that was typed."""
        return record_query.parse_filter(
            self.text, {formatting.record_label(state).word: state for state in TABS if state}
        )

    def show_found(self, number: int | None, *, is_whole: bool = True) -> None:
        """Show how many donors match, so far where it is not all; None while there is no filter."""
        self.found.setVisible(number is not None)
        self.clear_button.setVisible(bool(self.text))
        if number is not None and is_whole:
            self.found.setText(ntr("{count} donor found", "{count} donors found", number))
        elif number is not None:
            self.found.setText(ntr("{count} donor found so far…", "{count} donors found so far…", number))

    def focus(self) -> None:
        """Focus the field."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def show_filter(self, text: str) -> None:
        """Apply another filter at once."""
        self.edit.setText(text)
        self._apply_now()

    def clear(self) -> None:
        """Clear the filter: all are shown again."""
        self.show_filter("")
        self.left.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Clear the filter on Esc."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left.emit()
                return True
        return False

    def _apply_now(self) -> None:
        self._typing.stop()
        self.changed.emit()
