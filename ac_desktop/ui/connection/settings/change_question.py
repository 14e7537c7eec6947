"""The question before a change that moves donors: what becomes of them is said first."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.wording import tr
from ac_desktop.ui.connection.change_texts import change_text
from ac_desktop.ui.connection.connection_service import PreviewsChange
from ac_desktop.ui.connection.wizard.answers import SummaryLine


class ChangeQuestion(QMessageBox):
    """Asks whether to save; no is the default."""

    def __init__(
        self,
        preview: PreviewsChange,
        settings: ConnectionSettings,
        changed: tuple[SummaryLine, ...],
        save: Callable[[], None],
        parent: QWidget,
    ) -> None:
        buttons = QMessageBox.StandardButton
        super().__init__(
            QMessageBox.Icon.Question,
            parent.windowTitle(),
            tr("Save these settings?"),
            buttons.Save | buttons.Cancel,
            parent,
        )
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = [line.text for line in changed]
        self.setInformativeText("\n\n".join([*lines, change_text(preview, settings)]))
        self.button(buttons.Save).setText(tr("&Save"))
        self.button(buttons.Cancel).setText(tr("&Keep editing"))
        for button in self.buttons():
            button.setIcon(QIcon())
        self.setDefaultButton(buttons.Cancel)
        self.setEscapeButton(buttons.Cancel)
        self.button(buttons.Save).clicked.connect(save)
