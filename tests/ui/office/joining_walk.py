"""A person opens an invitation, joins the office by the keyboard, finds its queue, leaves it, and finds the own one.

Run with the data folder, the invitation and the password.
"""

import sys
from pathlib import Path

from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.office.join_dialog import JoinDialog
from ac_desktop.ui.office.leave_dialog import LeaveDialog
from tests.ui.office.window_of_a_person import Part, walk
from tests.ui.walks.person import KEYS, Person


def joins(password: str) -> Part:
    def part(person: Person, window: MainWindow) -> None:
        assert not window.actions_.leave_office.isEnabled()
        person.waits(lambda: window.findChild(JoinDialog) is not None, "the dialog")
        person.comes_to("Choose a password")
        person.sees("For “")
        person.type(password)
        person.tab_to("Password again")
        person.type(password)
        person.tab_to("Name of this computer")
        person.type("Front desk")
        person.press(KEYS.Key_Return)

    return part


def leaves(person: Person, window: MainWindow) -> None:
    person.sees("You work on the office's queue now")
    person.sees("Of the office")
    assert not window.actions_.join_office.isEnabled()
    window.actions_.leave_office.trigger()
    person.waits(lambda: window.findChild(LeaveDialog) is not None, "the dialog")
    person.comes_to("Leave office")
    person.press(KEYS.Key_Return)


def is_home(person: Person, window: MainWindow) -> None:
    person.sees("You work on this computer's own queue again")
    person.sees("Own")
    window.tray_running.quit()


if __name__ == "__main__":
    walk(Path(sys.argv[1]), [joins(sys.argv[3]), leaves, is_home], files=[Path(sys.argv[2])])
