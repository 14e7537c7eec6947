"""The choice between one by one and bulk, when many donors wait: explained in full, and never made for the person."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.relay_texts import list_reading_text, what_differs
from ac_desktop.model.wording import about, tr
from ac_desktop.relay.progress import BulkOffer
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic


@dataclass(frozen=True)
class OfferedBulk:
    """Bulk relay is offered on a connection: nothing is relayed before a person has chosen."""

    connection_id: int
    through: int
    offer: BulkOffer


class OfferDialog(QDialog):
    """Shows how long each way takes and what differs; Cancel relays nobody."""

    one_by_one_chosen = Signal(object)
    bulk_chosen = Signal(object)

    def __init__(self, offered: OfferedBulk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = offered
        self.setWindowTitle(tr("Relay {donors}", donors=formatting.donors(offered.offer.waiting)))
        help_key(self, Topic.RELAY)
        times = QLabel(
            tr(
                "One by one takes {one_by_one}. In bulk takes {bulk}.",
                one_by_one=about(offered.offer.one_by_one_seconds),
                bulk=about(offered.offer.bulk_seconds),
            )
        )
        reading = QLabel(list_reading_text())
        reading.setWordWrap(True)
        reading.setVisible(offered.offer.may_read_list)
        differs = QLabel(tr("Differences: {differs}", differs=what_differs()))
        differs.setWordWrap(True)
        times.setWordWrap(True)
        self.one_by_one = QPushButton(tr("&One by one"))
        self.in_bulk = QPushButton(tr("In &bulk"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.one_by_one, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.in_bulk, QDialogButtonBox.ButtonRole.ActionRole)
        plain_buttons(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(times)
        layout.addWidget(reading)
        layout.addWidget(differs)
        layout.addWidget(buttons)
        self.one_by_one.setDefault(True)
        self.one_by_one.clicked.connect(self._choose_one_by_one)
        self.in_bulk.clicked.connect(self._choose_bulk)
        buttons.rejected.connect(self.reject)
        grow_to_fit(self)

    def _choose_one_by_one(self) -> None:
        self.one_by_one_chosen.emit(self._offered)
        self.accept()

    def _choose_bulk(self) -> None:
        self.bulk_chosen.emit(self._offered)
        self.accept()
