"""People's decisions about held donors: asked for, stored and reported."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import Decision
from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.queue.decisions import Choices, DecisionResult
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.log.editors import tell_others
from ac_desktop.ui.queue.decide_dialog import DecideDialog


class DecisionController(QObject):
    """Opens the dialog and stores its answer; `show_done` gets the result as a sentence, `fail` an error."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        current_record: Callable[[], Record | None],
        show_done: Callable[[str], None],
        fail: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._current_record = current_record
        self._show_done = show_done
        self._fail = fail
        self._parent = parent

    def decide(self, ids: Sequence[int]) -> None:
        """Ask what to do with held donors, offering what is possible for them."""
        if ids:
            current = self._current_record() if len(ids) == 1 else None
            count = partial(self._services.decisions.choices_for, ids)
            self._bridge.run(count, partial(self._ask_to_decide, ids, current), self._fail)

    def _ask_to_decide(self, ids: Sequence[int], current: Record | None, choices: Choices) -> None:
        why = current.reason if current is not None else None
        text = privacy_mask.mask_text(why.text) if why else ""
        dialog = DecideDialog(choices, text, self._alternative(why, choices), self._parent)
        dialog.decided.connect(partial(self._take_decision, list(ids)))
        dialog.finished.connect(dialog.deleteLater)
        if current is not None and self._services.editing is not None:
            tell_others(self._services.editing, self._bridge, current.id, dialog, dialog.show_others, self._fail)
        dialog.open()

    def _alternative(self, why: Reason | None, choices: Choices) -> str:
        if choices.again or why is None:
            return ""
        if why.code is ReasonCode.HELD_BY_PERSON:
            return tr("To send this donor, cancel and choose Release.")
        return tr("To send this donor, cancel and correct the row (F2).")

    def _take_decision(self, ids: list[int], decision: Decision, why: str) -> None:
        decide = partial(self._services.decisions.decide, ids, decision, self._services.clock.now(), why=why)
        self._bridge.run(decide, self._show_decided, self._fail)

    def _show_decided(self, decided: DecisionResult) -> None:
        text = ntr("Decision saved for {count} donor.", "Decision saved for {count} donors.", decided.done)
        if decided.left_alone:
            text = f"{text} {formatting.left_alone(len(decided.left_alone))}"
        self._show_done(text)
        self._bridge.something_changed()
