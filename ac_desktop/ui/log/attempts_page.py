"""The attempts of a donor: every request as it was made, and its response."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.parts.pill import StatePill
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S
from ac_desktop.ui.log.overview import status_label
from ac_desktop.ui.log.relay_text import StepText
from ac_desktop.ui.log.text_block import PayloadBlock, TextBlock

MOST_ROWS = 7
_STEP = Qt.ItemDataRole.UserRole + 1


class AttemptsPage(QScrollArea):
    """Lists the attempts with their requests; the chosen request is shown below with its response."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: dict[int, tuple[StepText, ...]] = {}
        self.list = QTreeWidget()
        self.request = PayloadBlock(tr("Request body"), folds=False)
        self.response = PayloadBlock(tr("Response body"), folds=False)
        self.status = StatePill()
        self.headers = TextBlock(tr("Response headers"))
        self._lay_out()
        self.list.currentItemChanged.connect(self._show_chosen)

    def _lay_out(self) -> None:
        self.list.setAccessibleName(tr("Attempts and their requests"))
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(SPACE_L)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAcceptDrops(False)
        self.response.add_to_head(self.status)
        page = QWidget(self.viewport())
        layout = QVBoxLayout(page)
        layout.setContentsMargins(SPACE_S, SPACE_M, SPACE_S, SPACE_M)
        layout.setSpacing(SPACE_M)
        for part in (self.list, self.request, self.response, self.headers):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_attempts(self, attempts: Sequence[tuple[int, str, tuple[StepText, ...]]]) -> None:
        """Show the attempts of a donor: number, words and requests of each."""
        self._steps = {number: steps for number, _, steps in attempts}
        self.list.clear()
        for number, words, steps in attempts:
            head = QTreeWidgetItem([words])
            head.setData(0, _STEP, (number, -1))
            head.setToolTip(0, words)
            self.list.addTopLevelItem(head)
            for at, step in enumerate(steps):
                below = QTreeWidgetItem([step.title])
                below.setData(0, _STEP, (number, at))
                below.setToolTip(0, step.title)
                head.addChild(below)
        self.list.expandAll()
        self._fit_list()
        self._show_step(None)
        if attempts:
            number, _, steps = attempts[-1]
            self.choose(number, len(steps) - 1)

    def choose(self, attempt: int, step: int) -> None:
        """Show one request of an attempt; -1 shows none."""
        for row in range(self.list.topLevelItemCount()):
            head = self.list.topLevelItem(row)
            if head is not None and head.data(0, _STEP)[0] == attempt:
                below = head.child(step) if step >= 0 else None
                self.list.setCurrentItem(below or head)
                return

    def titles(self) -> list[str]:
        """Return the words of every request, in order."""
        return [step.title for steps in self._steps.values() for step in steps]

    def _show_chosen(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        number, at = item.data(0, _STEP)
        steps = self._steps.get(number, ())
        self._show_step(steps[at] if 0 <= at < len(steps) else None)

    def _show_step(self, step: StepText | None) -> None:
        for part in (self.request, self.response, self.headers):
            part.setVisible(step is not None)
        if step is None:
            return
        self.request.show_payload(step.request or tr("(empty)"))
        self.response.show_payload(step.response, step.raw_response)
        self.status.show_label(status_label(step.status, is_good=step.is_good))
        self.headers.show_text(step.headers)
        self.headers.setVisible(bool(step.headers))

    def _fit_list(self) -> None:
        rows = sum(1 + len(steps) for steps in self._steps.values())
        height = self.list.sizeHintForRow(0) if rows else 0
        self.list.setFixedHeight(height * min(rows, MOST_ROWS) + 2)
        self.list.setVisible(bool(rows))
