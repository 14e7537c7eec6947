"""A message stays until a person closes it, and what passes by itself until it has passed."""

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.ui.base.message_bar import MessageBar, SuccessMessage


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_an_error_that_may_pass_goes_when_it_has(bar: MessageBar) -> None:
    bar.show_error("The server is away.", until_it_passes=True)
    assert not bar.isHidden()
    bar.end_passing_error()
    assert bar.isHidden()


def test_another_message_stays_when_something_else_has_passed(bar: MessageBar) -> None:
    bar.show_error("The server is away.", until_it_passes=True)
    bar.show_error("The disk is full.")
    bar.end_passing_error()
    assert not bar.isHidden()
    bar.show_message(SuccessMessage("Saved."))
    bar.end_passing_error()
    assert not bar.isHidden()


def test_an_error_that_a_person_closed_is_not_shown_again_while_it_lasts(bar: MessageBar) -> None:
    for _ in range(2):
        bar.show_error("The server is away.", until_it_passes=True)
        bar.hide()
    bar.show_error("The server is away.", until_it_passes=True)
    assert bar.isHidden()
    bar.end_passing_error()
    bar.show_error("The server is away.", until_it_passes=True)
    assert not bar.isHidden()
