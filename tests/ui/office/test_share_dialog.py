"""Whoever shares a queue says where, and what the office is called; one without a name is called as its database is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.office.share_dialog import ShareDialog
from tests.ui.connection.support import AtOnce
from tests.ui.office.made_up_office import MadeUpServer, office_of
from tests.ui.scenes.stage import close_for_good

URL = "postgresql://river_owner@queue.river-trust.example/river_trust"


@pytest.fixture
def server() -> MadeUpServer:
    return MadeUpServer()


@pytest.fixture
def dialog(qapp: QApplication, tmp_path: Path, server: MadeUpServer) -> Iterator[ShareDialog]:
    assert qapp is not None
    made = ShareDialog(office_of(tmp_path, server), AtOnce())
    made.open()
    made.server.setText(URL)
    made.password.setText("the owner's words")
    yield made
    close_for_good(made)


def test_an_office_is_called_as_its_database_is_where_nothing_else_is_typed(
    dialog: ShareDialog, server: MadeUpServer
) -> None:
    assert dialog.name.placeholderText() == "river_trust"
    dialog.share.click()
    assert dialog.result() == ShareDialog.DialogCode.Accepted
    assert not server.own_name


def test_it_is_called_as_it_was_typed(dialog: ShareDialog, server: MadeUpServer) -> None:
    dialog.name.setText(" River Trust ")
    dialog.share.click()
    assert server.own_name == "River Trust"


def test_a_name_that_cannot_be_one_is_told_beside_it_and_nothing_is_created(
    dialog: ShareDialog, server: MadeUpServer
) -> None:
    dialog.name.setText("x" * 61)
    dialog.share.click()
    assert "up to 60 letters" in dialog.name_field.error
    assert dialog.isVisible()
    assert server.address is None
    dialog.name.clear()
    dialog.share.click()
    assert dialog.result() == ShareDialog.DialogCode.Accepted
