"""Texts with their buttons beside them, or below them where there is too little width."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout

from ac_desktop.ui.base.visual.metrics import SPACE_S


class FoldingRow(QBoxLayout):
    """A row of texts and buttons; `buttons` takes the buttons."""

    def __init__(self, texts: QLayout) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_S)
        self.addLayout(texts, 1)
        self.addLayout(self.buttons)

    def fold(self, *, is_narrow: bool) -> None:
        """Put the buttons below the texts, or beside them."""
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if direction != self.direction():
            self.setDirection(direction)
            self.setAlignment(self.buttons, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
