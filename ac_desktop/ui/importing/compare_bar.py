"""Comparing with ActiveCampaign on the Check page: its button, its estimate, and a line with its counts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import about, tr
from ac_desktop.relay.comparison import ComparisonResult, Difference, DonorChange
from ac_desktop.relay.progress import estimate_compare
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.importing.comparison import CompareStage, ComparisonRunner


class CompareBar(QWidget):
    """Shows the progress once comparing has begun; `button`, which is laid out elsewhere, begins and stops it.

    How long it takes is in the button's tooltip before that; `wanted` asks to begin.
    """

    wanted = Signal()

    def __init__(self, comparing: ComparisonRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._rest_text = ""
        self._waiting = 0
        self.button = QToolButton()
        self.message = small_label("")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.message)
        self.button.clicked.connect(self._press)
        comparing.changed.connect(self.show_comparison)
        self.show_comparison()

    def show_waiting(self, connection: Connection | None, waiting: int) -> None:
        """Show how long comparing so many donors takes."""
        self._waiting = waiting if connection is not None else 0
        self._rest_text = _before(connection, waiting) if connection is not None and waiting else ""
        self.show_comparison()

    def show_comparison(self) -> None:
        """Show the progress of the comparison."""
        running = self._comparing.stage is CompareStage.RUNNING
        self.button.setText(tr("&Stop comparing") if running else tr("Co&mpare with ActiveCampaign"))
        self.button.setEnabled(running or self._waiting > 0)
        self.message.setText(self._text())
        self.button.setAccessibleDescription(self.message.text())
        is_at_rest = self._comparing.stage is CompareStage.REST
        self.button.setToolTip(self.message.text() if is_at_rest else "")
        self.setVisible(not is_at_rest)

    def _text(self) -> str:
        comparing = self._comparing
        counts = counts_text(comparing)
        done, total = formatting.count(comparing.done), formatting.count(comparing.total)
        match comparing.stage:
            case CompareStage.REST:
                return self._rest_text
            case CompareStage.RUNNING:
                return tr("{done} of {total} compared: {counts}.", done=done, total=total, counts=counts)
            case CompareStage.STOPPED:
                return tr(
                    "Stopped after {done} of {total}: {counts}. Nothing was changed.",
                    done=done,
                    total=total,
                    counts=counts,
                )
            case CompareStage.DONE:
                return tr(
                    "{done} of {total} compared: {counts}. Nothing was changed.", done=done, total=total, counts=counts
                )
            case CompareStage.FAILED:
                return tr(
                    "Comparison stopped after {done}: {problem} Nothing was changed.", done=done, problem=comparing.text
                )

    def _press(self) -> None:
        if self._comparing.stage is CompareStage.RUNNING:
            self._comparing.stop()
        else:
            self.wanted.emit()


def _before(connection: Connection, waiting: int) -> str:
    pace = connection.settings.pace
    text = tr(
        "Optional. Compares {donors} with ActiveCampaign without changing anything. Takes {least} if all are new "
        "there, {most} if none are."
    )
    return text.format(
        donors=formatting.donors(waiting),
        least=about(estimate_compare(waiting, pace, share_known=0.0)),
        most=about(estimate_compare(waiting, pace, share_known=1.0)),
    )


def counts_text(comparing: ComparisonRunner) -> str:
    """Return the counts of how the donors compare, in words."""
    counts = comparing.counts
    return tr(
        "{new} new, {changes} with changes, {same} unchanged, {held} to be held",
        new=formatting.count(counts[Difference.NEW]),
        changes=formatting.count(counts[Difference.CHANGES]),
        same=formatting.count(counts[Difference.SAME]),
        held=formatting.count(counts[Difference.UNSUBSCRIBED]),
    )


def difference_text(compared: ComparisonResult | None) -> str:
    """Return how a row compares, masked where the privacy mask is on; "" while it is not known."""
    if compared is None:
        return ""
    match compared.difference:
        case Difference.NEW:
            return tr("new")
        case Difference.SAME:
            return tr("unchanged")
        case Difference.UNSUBSCRIBED:
            return privacy_mask.mask_text(compared.held.text) if compared.held else ""
        case Difference.CHANGES:
            return ", ".join(_change_text(change) for change in compared.changes)


def _change_text(change: DonorChange) -> str:
    text = tr("“{before}” → “{after}”") if change.before else tr("adds “{after}”")
    return text.format(before=privacy_mask.mask_word(change.before), after=privacy_mask.mask_word(change.after))


def difference_title(difference: Difference) -> str:
    """Return the title of the rows that compare in this way."""
    return {
        Difference.NEW: tr("New in ActiveCampaign"),
        Difference.CHANGES: tr("Changes the contact"),
        Difference.SAME: tr("Changes nothing"),
        Difference.UNSUBSCRIBED: tr("To be held"),
    }[difference]
