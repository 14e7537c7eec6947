"""The bar above the rows on the Check page: search, rows with problems, undo and redo, and the comparison."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QToolButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.visual.kinds import ButtonKind, FrameKind, set_button_kind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SPACE_S, scaled
from ac_desktop.ui.importing.checking.row_search import RowSearch

_PADDING: Final = 16
"""What a tool has around its icon and its words, on both sides together."""


class CheckBar(QWidget):
    """Shows words beside its icons where they have room; the box of kinds stands in for the list of kinds."""

    def __init__(self, kinds: QComboBox, compare: QToolButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = kinds
        self.compare = compare
        self.search = RowSearch()
        self.only_problems = QCheckBox(tr("Only rows with &problems"))
        self.undo, self.redo = QToolButton(), QToolButton()
        self._line = QFrame()
        self._lay_out()

    def _lay_out(self) -> None:
        set_frame_kind(self._line, FrameKind.UPRIGHT)
        for button, icon, text, keys in (
            (self.undo, "undo", tr("Undo"), "Ctrl+Z"),
            (self.redo, "redo", tr("Redo"), "Ctrl+Y"),
        ):
            button.setText(text)
            button.setToolTip(f"{text} ({keys})")
            icons.set_icon(button, icon)
        icons.set_icon(self.compare, "verify")
        for button in self._tools:
            set_button_kind(button, ButtonKind.FLAT)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(scaled(SPACE_S, self))
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.kinds, 2)
        self._row.addWidget(self.search, 2)
        self._row.addWidget(self.only_problems)
        self._row.addStretch(1)
        for part in (self.undo, self.redo, self._line, self.compare):
            self._row.addWidget(part)
        for button in self._tools:
            button.setIconSize(self._icon_size(with_words=False))
        self.show_kinds(shown=False)

    @property
    def _tools(self) -> tuple[QToolButton, QToolButton, QToolButton]:
        return self.undo, self.redo, self.compare

    def show_kinds(self, *, shown: bool) -> None:
        """Show the box of kinds, which has the rows with problems too."""
        self.kinds.setVisible(shown)
        self.only_problems.setVisible(not shown)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the size without words beside the icons."""
        height = super().minimumSizeHint().height()
        return QSize(self._width(with_words=False), height)

    def event(self, event: QEvent) -> bool:
        """Follow the parts, of which the search grows with what it has found."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words where they have room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            for tool in self._tools:
                has_words = tool.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                tool.setIconSize(self._icon_size(with_words=has_words))
            self._fit()

    def _width(self, *, with_words: bool) -> int:
        gap = self._row.spacing()
        box = self.kinds if not self.kinds.isHidden() else self.only_problems
        width = box.minimumSizeHint().width() + self.search.minimumSizeHint().width() + 4 * gap + 1
        for tool in self._tools:
            words = tool.fontMetrics().horizontalAdvance(f"{tool.text()}  ") if with_words else 0
            width += self._icon_size(with_words=with_words).width() + words + scaled(_PADDING, self) + gap
        return width

    def _fit(self) -> None:
        has_words = self._width(with_words=True) <= self.width()
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if has_words else Qt.ToolButtonStyle.ToolButtonIconOnly
        for tool in self._tools:
            if tool.toolButtonStyle() is not style:
                tool.setIconSize(self._icon_size(with_words=has_words))
                tool.setToolButtonStyle(style)

    def _icon_size(self, *, with_words: bool) -> QSize:
        return icons.size_beside_text(self) if with_words else icons.size_for(self)
