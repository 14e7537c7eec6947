"""The one accented button of a window, which says what it does."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind


class PrimaryButton(QPushButton):
    """A button in the accent color; its icon is in the color of its text."""

    def __init__(self, text: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        set_button_kind(self, ButtonKind.PRIMARY)
        self._fit()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._fit()

    def _fit(self) -> None:
        if self._icon_name:
            colors = current_colors()
            self.setIconSize(icons.size_beside_text(self))
            self.setIcon(icons.icon_in(self._icon_name, colors.on_accent, colors.disabled))
