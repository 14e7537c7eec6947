"""The bar of the log: opens and closes it, chooses kinds, searches and exports; closed, it has the last line."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import formatting, icons, privacy_mask
from ac_desktop.ui.base.flow_layout import FlowLayout
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.check_toggle import CheckToggle
from ac_desktop.ui.base.parts.search_line import show_as_search
from ac_desktop.ui.base.theme import tone_color
from ac_desktop.ui.base.visual.kinds import ButtonKind, FrameKind, set_button_kind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_S, SPACE_XS, scaled, sized_font
from ac_desktop.ui.log.lines import LogLevel, LogLine, level_label

_ICON: Final = 14
_SEARCH: Final = 130


class DrawerBar(QFrame):
    """Stands above the log's lines, and alone while the log is closed."""

    toggle_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self.toggle = QToolButton()
        self.title = QLabel(tr("Log"))
        self.levels = {level: _toggle(level) for level in LogLevel}
        self.search = QLineEdit()
        self.export = QPushButton(tr("Export…"))
        self.last_icon, self.last_line = QLabel(), ElidedLabel()
        self._lay_out()
        self.toggle.clicked.connect(self.toggle_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.set_open(on=True)

    def _lay_out(self) -> None:
        set_frame_kind(self, FrameKind.FOOTER)
        self.toggle.setAutoRaise(True)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.search.setPlaceholderText(tr("Search log"))
        self.search.setAccessibleName(tr("Search log"))
        self.search.setAcceptDrops(False)
        show_as_search(self.search)
        set_button_kind(self.export, ButtonKind.FLAT)
        icons.set_icon(self.export, "save")
        self._tools = QWidget()
        flow = FlowLayout(self._tools)
        flow.setSpacing(SPACE_S - 2)
        for part in (*self.levels.values(), self.search, self.export):
            flow.addWidget(part)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_S, SPACE_XS, SPACE_L, SPACE_XS)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.toggle)
        layout.addWidget(self.title)
        layout.addWidget(self._tools, 1)
        layout.addWidget(self.last_icon)
        layout.addWidget(self.last_line, 1)
        self._fit_to_font()

    def set_open(self, *, on: bool) -> None:
        """Show the tools of an open log, or the last line of a closed one."""
        self._is_open = on
        icons.set_icon(self.toggle, "chevron-down" if on else "chevron-up")
        name = tr("Close the log (F8)") if on else tr("Open the log (F8)")
        self.toggle.setToolTip(name)
        self.toggle.setAccessibleName(name)
        self._tools.setVisible(on)
        self.last_line.setVisible(not on)
        self.last_icon.setVisible(not on)
        self._take_height()

    def _take_height(self) -> None:
        self.setMinimumHeight(self.height_needed())

    def height_needed(self) -> int:
        """Return the height of what the bar shows now."""
        self._row.invalidate()
        self._row.activate()
        width = max(self.width(), self._row.totalMinimumSize().width())
        return self._row.totalHeightForWidth(width) if self._is_open else self._row.totalSizeHint().height()

    def show_last(self, line: LogLine | None) -> None:
        """Take the newest line, which a closed log shows."""
        if line is None:
            self.last_icon.clear()
            self.last_line.show_text("")
            return
        label, side = level_label(line.level), scaled(_ICON, self)
        color = tone_color(label.tone, self.palette())
        pixmap = icons.icon_in(label.icon, color).pixmap(QSize(side, side), self.devicePixelRatioF())
        self.last_icon.setPixmap(pixmap)
        parts = (formatting.clock_time(line.at), line.donor, line.text)
        self.last_line.show_text(privacy_mask.mask_text("  ".join(part for part in parts if part)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the tools need at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._take_height()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
            self._take_height()

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), 1.0, QFont.Weight.DemiBold))
        self.search.setFixedWidth(scaled(_SEARCH, self))
        self.toggle.setIconSize(icons.size_for(self))
        self.export.setIconSize(icons.size_beside_text(self))


def _toggle(level: LogLevel) -> CheckToggle:
    word = level_label(level).word
    toggle = CheckToggle(word, tr("Show entries of kind {kind}", kind=word))
    toggle.setChecked(True)
    return toggle
