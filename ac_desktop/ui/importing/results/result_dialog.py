"""The import result of one batch, as it is now."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.importing import import_runner
from ac_desktop.ui.importing.import_runner import UndoResult
from ac_desktop.ui.importing.import_state import ImportStage, ImportState, QueuedBatch
from ac_desktop.ui.importing.results.result_page import ResultPage
from ac_desktop.ui.importing.results.result_updates import Following

_CHARACTERS_WIDE = 80
_LINES_HIGH = 26


class ImportResultDialog(QDialog):
    """Follows the queue while it is open, and can undo the import."""

    def __init__(self, services: Services, bridge: Bridge, batch_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._batch_id = batch_id
        self._text = ""
        self.page = ResultPage(services)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._following = Following(services, bridge, self)
        self._lay_out()
        self._following.followed.connect(self._show_result)
        self.page.undo_wanted.connect(self._undo)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._following.stop)
        self._following.follow((batch_id,))

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Import result"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        help_key(self, Topic.IMPORT)
        plain_buttons(self.buttons)
        self.page.undo.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.page, 1)
        layout.addWidget(self.buttons)
        available = self.screen().availableSize() * 0.9
        metrics = self.fontMetrics()
        wanted_width, wanted_height = metrics.averageCharWidth() * _CHARACTERS_WIDE, metrics.height() * _LINES_HIGH
        self.resize(min(wanted_width, available.width()), min(wanted_height, available.height()))

    def _show_result(self, queued: tuple[QueuedBatch, ...]) -> None:
        gone = "" if queued else tr("This import was removed.")
        self.page.show_state(ImportState(stage=ImportStage.RESULT, queued=queued, text=self._text or gone))

    def _undo(self) -> None:
        self._bridge.run(partial(import_runner.undo, self._services, (self._batch_id,)), self._undone, self._fail)

    def _undone(self, undone: UndoResult) -> None:
        self._text = ntr(
            "{count} donor removed from the queue.", "{count} donors removed from the queue.", undone.number
        )
        self._show_result(undone.queued)
        self._bridge.something_changed()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.page.message.setText(str(error))
