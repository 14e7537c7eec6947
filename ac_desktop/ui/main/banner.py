"""The banner widget."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ac_desktop.model.reason_codes import Remedy
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.parts.notice_frame import NoticeFrame
from ac_desktop.ui.base.theme import banner_pair
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import CARD_TITLE, HELP, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, sized_font
from ac_desktop.ui.main.banner_rules import BannerContent

LARGE_ICON: Final = 1.3


class Banner(NoticeFrame):
    """Shows a notice until its cause is gone; a new one is announced to screen readers."""

    remedy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: BannerContent | None = None
        self._icon = QLabel()
        self._title = small_label("")
        self.text = small_label("")
        self._buttons: list[RemedyButton] = []
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        text_column = QVBoxLayout()
        text_column.setSpacing(SPACE_XS)
        text_column.addWidget(self._title)
        text_column.addWidget(self.text)
        self._below, self._beside = QHBoxLayout(), QHBoxLayout()
        for layout in (self._below, self._beside):
            layout.setSpacing(SPACE_S)
        text_column.addLayout(self._below)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(text_column, 1)
        layout.addLayout(self._beside)
        self._fit_to_font()

    @property
    def notice(self) -> BannerContent | None:
        """What is shown."""
        return self._notice

    @property
    def buttons(self) -> tuple["RemedyButton", ...]:
        """The buttons shown."""
        return tuple(self._buttons)

    def show_notice(self, notice: BannerContent | None) -> None:
        """Show another notice; None hides the banner."""
        if notice == self._notice:
            return
        before, self._notice = self._notice, notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._title.setText(notice.word)
        self.text.setText(notice.text)
        self.setAccessibleName(notice.word)
        self.setAccessibleDescription(notice.text)
        if before is None or before.remedies != notice.remedies:
            self._show_remedies(notice.remedies)
        self._color(notice)
        if before is None or before.severity is not notice.severity:
            announce(self, f"{notice.word}. {notice.text}")

    def recolor(self) -> None:
        """Recolor the banner, as the palette has changed."""
        if self._notice is not None:
            self._color(self._notice)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
            self.recolor()

    def _fit_to_font(self) -> None:
        self._title.setFont(sized_font(self.font(), CARD_TITLE, QFont.Weight.DemiBold))
        self.text.setFont(sized_font(self.font(), HELP))

    def _show_remedies(self, remedies: tuple[Remedy, ...]) -> None:
        for layout in (self._below, self._beside):
            while layout.count():
                layout.takeAt(0)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [RemedyButton(remedy, self) for remedy in remedies]
        place: QBoxLayout = self._below if len(remedies) > 1 else self._beside
        for button in self._buttons:
            button.wanted.connect(self.remedy_wanted)
            place.addWidget(button)
        if len(remedies) > 1:
            place.addStretch(1)

    def _color(self, notice: BannerContent) -> None:
        self.show_tone(notice.tone)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, banner_pair(notice.tone, current_colors()).text)
        self._title.setPalette(palette)
        self._icon.setPixmap(
            icons.pixmap(notice.icon, notice.tone, icons.size_for(self, LARGE_ICON).width(), self.devicePixelRatioF())
        )


class RemedyButton(QPushButton):
    """A banner's button, which carries its remedy; an explanation is a link."""

    wanted = Signal(object)

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(formatting.remedy_text(remedy), parent)
        self.remedy = remedy
        if remedy is Remedy.EXPLAIN:
            set_button_kind(self, ButtonKind.LINK)
        self.setAccessibleName(formatting.remedy_text(remedy))
        self.clicked.connect(self._emit_wanted)

    def _emit_wanted(self) -> None:
        self.wanted.emit(self.remedy)
