"""A person shares a queue by the keyboard, reads the proof, invites another, and takes the queue along again.

Run with the data folder, the server's URL, the owner's password, the other person, and the invitation's file.
"""

import sys
from pathlib import Path

from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.office.invite_dialog import InviteDialog
from ac_desktop.ui.office.leave_dialog import LeaveDialog
from ac_desktop.ui.office.office_dialog import OfficeDialog
from ac_desktop.ui.office.share_dialog import ShareDialog
from tests.ui.office.window_of_a_person import Part, walk
from tests.ui.walks.person import ALT, KEYS, Person


def shares(url: str, password: str) -> Part:
    def part(person: Person, window: MainWindow) -> None:
        person.sees("Own")
        window.actions_.share_queue.trigger()
        person.waits(lambda: window.findChild(ShareDialog) is not None, "the dialog")
        person.comes_to("Server")
        person.type(url)
        person.tab_to("Owner's password")
        person.type(f"{password}!")
        person.press(KEYS.Key_T, ALT)
        person.sees("didn't accept the password")
        person.tab_to("Owner's password")
        person.press(KEYS.Key_Backspace)
        person.press(KEYS.Key_T, ALT)
        person.sees("can keep your office's queue")
        person.tab_to("Name of this computer")
        person.type("Accounting")
        person.press(KEYS.Key_Return)

    return part


def invites(name: str, file: Path) -> Part:
    def part(person: Person, window: MainWindow) -> None:
        person.sees("You work on the office's queue now")
        person.sees("Own")
        window.actions_.workstations.trigger()
        person.waits(lambda: window.findChild(OfficeDialog) is not None, "the dialog")
        person.sees("You are", "administrator")
        person.sees_rows("Workstations", 1)
        person.press(KEYS.Key_P, ALT)
        person.sees_rows("People", 1)
        person.tab_to("Invite")
        person.press(KEYS.Key_Space)
        person.comes_to("Name")
        person.type(name)
        dialog = window.findChild(InviteDialog)
        assert dialog is not None
        dialog.invite_by(str(file))
        person.sees("The invitation for", name)
        person.sees_rows("People", 2)
        person.press(KEYS.Key_Escape)
        window.actions_.leave_office.trigger()
        person.waits(lambda: window.findChild(LeaveDialog) is not None, "the dialog")
        person.comes_to("Move the office's queue to this computer")
        person.press(KEYS.Key_Space)
        person.press(KEYS.Key_Return)

    return part


def is_home(person: Person, window: MainWindow) -> None:
    person.sees("with the donors of the office")
    person.sees("Own")
    window.tray_running.quit()


if __name__ == "__main__":
    data, server, owner_password, invited, out = sys.argv[1:]
    proofs = walk(Path(data), [shares(server, owner_password), invites(invited, Path(out)), is_home])
    assert len(proofs) == 2, proofs
    for proof in proofs:
        assert "The sums of both queues are equal" in proof, proofs
