"""A form to type donors in, on the screen."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.entry.form import AddDonorForm
from tests.desk import Desk


def form_for(qtbot: QtBot, desk: Desk, bridge: Bridge, connection: Connection) -> AddDonorForm:
    form = AddDonorForm(desk.services, bridge, connection)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return form
