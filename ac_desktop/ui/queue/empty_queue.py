"""What the queue's table shows while it has no rows: why, and what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.parts.empty_state import EmptyState
from ac_desktop.ui.queue.empty_texts import EmptyContent


class EmptyQueue(EmptyState):
    """Offers to clear the filter where one hides every donor, and how to begin where there is none yet."""

    clear_wanted = Signal()
    import_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("donors", "", "", parent)
        self._offer = (False, False)
        self.primary.clicked.connect(self._do_first)
        self.secondary.clicked.connect(self._do_second)
        self.hide()

    def show_content(self, content: EmptyContent) -> None:
        """Show another state."""
        self.show_texts(content.title, content.text)
        is_filtered, can_add = offer = (content.is_filtered, content.can_add)
        if self._offer != offer:
            self._offer = offer
            # The window has one accented button: with nobody in the queue, that of the header is disabled.
            if is_filtered:
                self.offer(secondary=tr("Clear filters"))
            elif can_add:
                self.offer(primary=tr("Import files"), secondary=tr("Add donor"), icon="import")
            else:
                self.offer()

    def _do_first(self) -> None:
        self.import_wanted.emit()

    def _do_second(self) -> None:
        if self._offer[0]:
            self.clear_wanted.emit()
        else:
            self.add_wanted.emit()
