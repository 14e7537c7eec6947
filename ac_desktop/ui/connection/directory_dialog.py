"""The directory of connections as a dialog."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.connection.connection_service import ConnectionService, Runner
from ac_desktop.ui.connection.directory_panel import DirectoryPanel
from ac_desktop.ui.connection.settings.added_page import AddedPages
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

CHARACTERS_WIDE: Final = 110
SHARE_OF_SCREEN: Final = 0.92

OnChanged = Callable[[Connection | None], None]
OnChosen = Callable[[int], None]


class DirectoryDialog(QDialog):
    """Shows the directory; Enter on a connection chooses it."""

    def __init__(
        self,
        service: ConnectionService,
        runner: Runner,
        added_pages: AddedPages = lambda _: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Connections"))
        help_key(self, Topic.CONNECTION)
        self.panel = DirectoryPanel(service, runner, added_pages)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(self.buttons)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._on_end)
        layout = QVBoxLayout(self)
        layout.addWidget(self.panel, 1)
        layout.addWidget(self.buttons)
        metrics, available = self.fontMetrics(), self.screen().availableSize() * SHARE_OF_SCREEN
        self.resize(min(metrics.averageCharWidth() * CHARACTERS_WIDE, available.width()), self.sizeHint().height())

    def refresh(self, news: object = None) -> None:
        """Read the store again; may be connected to the bridge's signal."""
        self.panel.refresh(news)

    def _on_end(self, _result: int) -> None:
        self.panel.close_tasks()
        self.deleteLater()


def open_directory(
    parent: QWidget | None,
    service: ConnectionService,
    runner: Runner,
    *,
    on_changed: OnChanged | None = None,
    on_chosen: OnChosen | None = None,
    added_pages: AddedPages = lambda _: (),
) -> DirectoryDialog:
    """Open the directory.

    `on_changed` is called on every change (None: one was deleted), `on_chosen` on Enter on one.
    """
    dialog = DirectoryDialog(service, runner, added_pages, parent)
    if on_changed is not None:
        dialog.panel.changed.connect(on_changed)
    if on_chosen is not None:
        dialog.panel.chosen.connect(on_chosen)
        dialog.panel.chosen.connect(dialog.accept)
    dialog.open()
    return dialog
