"""What every page of the settings has: a title, and fields in one column."""

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import (
    CARD_TITLE,
    DIALOG_TITLE,
    HELP,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    scaled,
    sized_font,
)


class SettingsPage(QFrame):
    """One subject."""

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.icon = title, icon
        set_frame_kind(self, FrameKind.PANE)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        self._layout.setSpacing(SPACE_S)
        heading = small_label(title)
        heading.setFont(sized_font(self.font(), DIALOG_TITLE, QFont.Weight.DemiBold))
        self._layout.addWidget(heading)
        self._layout.addSpacing(SPACE_XS)

    def add_form(self) -> Form:
        """Add a form."""
        form = Form()
        form.setHorizontalSpacing(SPACE_L)
        form.setVerticalSpacing(SPACE_S)
        self._layout.addLayout(form)
        return form

    def add_heading(self, text: str) -> None:
        """Begin another group, below a line."""
        line = QFrame()
        set_frame_kind(line, FrameKind.LINE)
        self._layout.addSpacing(SPACE_S)
        self._layout.addWidget(line)
        self._layout.addSpacing(SPACE_S)
        heading = QLabel(text)
        heading.setFont(sized_font(self.font(), CARD_TITLE, QFont.Weight.DemiBold))
        self._layout.addWidget(heading)

    def add_check(self, box: QCheckBox, hint: str = "") -> None:
        """Add a check box with an explanation below it."""
        self._layout.addWidget(box)
        if hint:
            box.setAccessibleDescription(hint)
            label = self._hint(hint)
            label.setContentsMargins(scaled(SPACE_XL, self), 0, 0, 0)
            self._layout.addWidget(label)

    def add_text(self, text: str) -> QLabel:
        """Add an explanation."""
        label = self._hint(text)
        self._layout.addWidget(label)
        return label

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Add buttons, one below the other, so that each may be as wide as its text."""
        for button in buttons:
            row = QHBoxLayout()
            row.setContentsMargins(0, SPACE_XS, 0, 0)
            row.addWidget(button)
            row.addStretch(1)
            self._layout.addLayout(row)

    def add_part(self, part: QWidget, *, stretches: bool = True) -> None:
        """Add a widget, which takes the rest of the page where it stretches."""
        self._layout.addWidget(part, 1 if stretches else 0)

    @property
    def has_defaults(self) -> bool:
        """Whether anything on the page has a default to go back to."""
        return False

    def restore_defaults(self) -> None:
        """Choose the default of everything on the page. Deletes nothing, and sends nothing."""

    def finish(self) -> None:
        """Leave the rest of the page empty."""
        self._layout.addSpacing(SPACE_M)
        self._layout.addStretch(1)

    def _hint(self, text: str) -> QLabel:
        label = small_label(text)
        label.setFont(sized_font(self.font(), HELP))
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label
