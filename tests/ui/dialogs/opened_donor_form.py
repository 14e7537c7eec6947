"""A form to type donors in, on the screen."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from tests.harness import Harness


def form_for(qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection) -> AddDonorForm:
    form = AddDonorForm(harness.services, bridge, connection)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    return form
