"""Deleting a connection: the dialog lists what is deleted with it, and its name must be typed."""

from typing import Final

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.connection_service import SavedConnection
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

CHARACTERS_WIDE: Final = 64


class DeleteDialog(QDialog):
    """Asks for the name of the connection to delete; accepted only with the right one."""

    def __init__(self, kept: SavedConnection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self.setWindowTitle(tr("Delete {name}", name=kept.connection.name))
        help_key(self, Topic.CONNECTION)
        self._build()
        self.name.textChanged.connect(self._on_name)
        self.buttons.rejected.connect(self.reject)
        self.delete.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)

    def _build(self) -> None:
        self.name = QLineEdit()
        self.warning = CheckLine()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.delete = QPushButton(tr("&Delete permanently"))
        self.delete.setEnabled(False)
        self.buttons.addButton(self.delete, QDialogButtonBox.ButtonRole.AcceptRole)
        plain_buttons(self.buttons)
        self.warning.show_status(CheckStatus.WARNING, self._deletion_text())
        form = Form()
        form.add_field(
            tr("&Name:"),
            self.name,
            tr("Type “{name}” to confirm.", name=self._kept.connection.name),
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self.warning)
        layout.addWidget(small_label(tr("Nothing changes in ActiveCampaign. People on the list stay on it.")))
        layout.addSpacing(layout.spacing())
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        available = self.screen().availableSize().width() * 9 // 10
        self.setMinimumWidth(min(self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE, available))

    def _deletion_text(self) -> str:
        counts = self._kept.counts
        if not counts.rows:
            return tr("This deletes the connection and its API key from this computer. It has no donors.")
        parts = [
            ntr(
                ("This permanently deletes {count} donor, the log and the API key from this computer."),
                ("This permanently deletes {count} donors, the log and the API key from this computer."),
                counts.rows,
            ),
            tr(
                "Not sent yet. Waiting: {waiting}. Held: {held}. Failed: {failed}.",
                waiting=formatting.count(counts.waiting + counts.sending),
                held=formatting.count(counts.held),
                failed=formatting.count(counts.failed),
            ),
        ]
        if counts.sending:
            parts.append(
                ntr(
                    "{count} donor being sent at this moment may still arrive.",
                    "{count} donors being sent at this moment may still arrive.",
                    counts.sending,
                )
            )
        return " ".join(parts)

    def _on_name(self, text: str) -> None:
        self.delete.setEnabled(text.strip() == self._kept.connection.name)
