"""The notice of columns that state a status and are not read, on the Check page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ac_desktop.importing.detection.status_columns import UnreadColumn, unread_text
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.forms import FieldIcon, small_label
from ac_desktop.ui.base.theme import Tone

_MOST_LINES = 5


class UnreadNotice(QWidget):
    """Shows a sentence or two a column; where they need more space than a few lines, they scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[UnreadColumn] = ()
        self.text = small_label("")
        self.icon = FieldIcon()
        self.icon.show_icon("problem", Tone.WARNING)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Columns that aren't used"))
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area.setWidget(self.text)
        self.area.viewport().setAutoFillBackground(False)
        self.text.setAutoFillBackground(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.area, 1)
        self.hide()

    def show_columns(self, columns: Sequence[UnreadColumn]) -> None:
        """Show these columns; the notice hides where there are none."""
        self._shown = columns
        self.show_again()
        self.setVisible(bool(columns))

    def show_again(self) -> None:
        """Show the same again, as the privacy mask has changed."""
        text = "\n".join(privacy_mask.mask_text(unread_text(one)) for one in self._shown)
        self.text.setText(text)
        self.area.setAccessibleDescription(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as high as the text needs at this width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Stay as high as the text needs with this font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        width = self.area.viewport().width()
        needed = self.text.heightForWidth(width) if self.text.hasHeightForWidth() else self.text.sizeHint().height()
        most = self.fontMetrics().lineSpacing() * _MOST_LINES
        overflows = needed > most
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus if overflows else Qt.FocusPolicy.NoFocus)
        self.area.setFixedHeight(max(min(needed, most), self.fontMetrics().lineSpacing()))
