"""A person sets up an office from the guide alone, and another one joins it, each on a computer of their own.

The real program in real windows, a real server with TLS and SCRAM as the guide's commands make it, and the practice
account. A queue of 500 is shared, one computer relays while the other one types, and then takes over; at the end the
server and the account are asked themselves. Runs within `dbus-run-session` and `xvfb-run`; each computer has a screen
of its own. `AC_DESKTOP_PICTURES` names a folder for pictures of each step.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
import trustme

from ac_desktop.practice.account import NEWCOMERS_LIST, PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.anedot import donation_rows, write_export
from tests.guided_server import DATABASE, OWNER, SERVER, guided_server
from tests.postgres_server import PostgresServer
from tests.real.accessible import Announcements, Part, announcements, until
from tests.real.computer import Computer, computer
from tests.real.dragging import dropped
from tests.real.program_window import place_window
from tests.real.walk import Listener, choose_file, connect

DONORS: Final = 500
TYPED: Final = "gala@example.org"
OWNER_PASSWORD: Final = "correct horse battery"
OFFICE: Final = "River Trust"
ANA: Final = "ana"
ANAS_PASSWORD: Final = "Ana's own words"
MENU_OPENS_IN: Final = 5.0
ALL_SENT_IN: Final = 600.0
"""Seconds for 500 donors at the speed of an account, with as much again."""


class PersonAtComputer(Listener):
    """Uses keyboard and mouse of a computer of their own, and finds their way by what assistive technology can read."""

    def __init__(self, at: Computer, desktop: Part, announced: Announcements, name: str) -> None:
        self.program = at.open_program(desktop)
        super().__init__(self.program, announced)
        self.computer = at
        self._name = name
        self._pictures = 0

    def sees(self, what: str) -> None:
        """Take a picture of what is on the screen."""
        self._pictures += 1
        self.computer.take_picture(f"{self._name}-{self._pictures:02}-{what}")

    def types_into(self, name: str, text: str) -> None:
        """Type into a field, in place of what it holds."""
        find = self.program.find
        field = until(lambda: find("text", name) or find("password text", name), f"the field “{name}”")
        field.focus()
        until(lambda: field.is_focused, f"the focus, on {name},")
        self.computer.press("ctrl+a")
        self.computer.type(text)
        until(lambda: field.text in {text, field.text[:1] * len(text)}, f"“{text}”, or so many signs, in {name}")

    def opens_office_menu(self, entry: str, key: str) -> None:
        """Choose an entry of the menu by the keyboard, once the window takes keys again."""
        until(partial(self._menu_entry, entry), f"the entry “{entry}”")
        self.sees("menu")
        self.computer.press(key)

    def _menu_entry(self, entry: str) -> Part | None:
        self.computer.press("alt+o")
        try:
            return until(lambda: self.program.find("menu item", entry), entry, MENU_OPENS_IN)
        except AssertionError:
            self.computer.press("Escape")
            return None

    def chooses_file(self, button: str, file: Path, agree: str = "Open") -> None:
        """Choose a file in the system's dialog, which a button opens."""
        self.press(button)
        self.write("File name", str(file))
        self.press(agree)
        until(lambda: self.program.find("text", "File name") is None, "the end of the file dialog")

    def closes(self, title: str) -> None:
        """Close a dialog, and wait until it is gone: keys would still go to it."""
        self.press("Close")
        until(lambda: self.program.find("dialog", title) is None, f"the end of “{title}”")

    def comes_back(self) -> None:
        """Wait for the next window of the same program."""
        until(lambda: self.program.find("frame", "AC Desktop"), "the next window")


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount(keep_requests=20_000)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[PostgresServer]:
    running = guided_server(tmp_path, OWNER_PASSWORD)
    yield running
    running.close()


@pytest.fixture
def plain() -> Iterator[PostgresServer]:
    """A server that knows the same owner, and does not encrypt."""
    running = PostgresServer()
    yield running
    running.close()


def url(port: int, host: str = SERVER) -> str:
    return f"postgresql://{OWNER}@{host}:{port}/{DATABASE}"


def imports_500(person: PersonAtComputer) -> None:
    file = write_export(person.computer.documents / "spring.csv", donation_rows(DONORS))
    choose_file(person, file)
    person.find("push button", f"Add {DONORS} donors to queue")
    person.sees("checked")
    person.press(f"Add {DONORS} donors to queue")
    person.reads("list item", "Donors", "Active", f"{DONORS} waiting")
    person.sees("own queue")


def is_refused(person: PersonAtComputer, by: str, port: int, host: str, password: str, *words: str) -> None:
    """Test a server in the Share window, and read why it cannot be used."""
    person.types_into("Server", url(port, host))
    person.types_into("Owner's password", password)
    person.press("Test")
    said = person.reads("label", *words)
    assert "administrator" not in said, "it is this person who can change it"
    person.sees(f"share refuses {by}")


def shares(person: PersonAtComputer, port: int, plain_port: int, authority: Path, other: Path) -> None:
    person.opens_office_menu("Share this queue…", "s")
    person.comes_to("text", "Server")
    person.sees("share empty")
    person.press("Test")
    person.reads("label", "Enter the password of the database's owner.")
    person.sees("share nothing entered")
    person.chooses_file("Browse…", other)
    is_refused(person, "another issuer", port, SERVER, OWNER_PASSWORD, "can't prove")
    person.chooses_file("Browse…", authority)
    is_refused(person, "another name", port, "127.0.0.1", OWNER_PASSWORD, "can't prove")
    is_refused(person, "plain server", plain_port, SERVER, OWNER_PASSWORD, "doesn't encrypt")
    is_refused(person, "wrong password", port, SERVER, "not these words", "didn't accept the password of owner")
    person.types_into("Server", url(port))
    person.types_into("Owner's password", OWNER_PASSWORD)
    person.press("Test")
    person.reads("label", "can keep your office's queue")
    person.types_into("Name of the office", OFFICE)
    person.types_into("Name of this computer", "Accounting")
    assert person.odd_names() == []
    person.sees("share tested")
    person.press("Share")
    person.reads("label", f"Moved: {DONORS} donors", "sums of both queues are equal")
    person.sees("share proof")
    person.press("OK")
    person.comes_back()
    person.reads("label", "You work on the office's queue now")
    person.reads("list item", "Donors", "Active", f"{DONORS} waiting")
    person.sees("office")


def invites(person: PersonAtComputer, file: Path) -> None:
    person.opens_office_menu("Workstations…", "w")
    person.reads("label", f"Office {OFFICE}", "administrator", "Accounting")
    person.sees("workstations alone")
    person.computer.press("alt+p")
    person.find("cell", OWNER)
    person.sees("people alone")
    person.press("Invite…")
    person.types_into("Name", ANA)
    person.sees("invite")
    person.chooses_file("Save invitation…", file, "Save")
    person.reads("label", "The invitation for", ANA)
    assert person.odd_names() == []
    person.sees("invited")
    person.closes("Workstations and people")


def joins(person: PersonAtComputer, invitation: Path, broken: dict[Path, str]) -> None:
    """Close the tour, and drop the invitation on the window; those that cannot be used are chosen before."""
    person.reads("label", "Welcome to AC Desktop")
    person.closes("Tour")
    person.reads("label", "Connect to ActiveCampaign")
    place_window(person.computer.environment)
    person.sees("first start")
    with dropped(invitation, person.computer.environment):
        person.reads("label", f"For “{ANA}” (staff)")
        person.sees("join")
        for file, words in broken.items():
            person.chooses_file("Browse…", file)
            person.reads("label", f"For “{ANA}” (staff)")
            types_password(person, ANAS_PASSWORD)
            person.press("Join")
            person.reads("label", words)
            person.sees(f"join refuses {file.stem}")
        person.chooses_file("Browse…", invitation)
        types_password(person, ANAS_PASSWORD)
        person.types_into("Name of this computer", "Front desk")
        assert person.odd_names() == []
        person.computer.press("Return")
        person.comes_back()
        person.reads("label", "You work on the office's queue now")
    person.reads("list item", "Donors", "Active", f"{DONORS} waiting")
    person.sees("joined")


def types_password(person: PersonAtComputer, password: str) -> None:
    person.types_into("Choose a password", password)
    person.types_into("Password again", password)


def begins_to_relay(person: PersonAtComputer, sent: Callable[[], int]) -> None:
    person.press(f"Relay {DONORS} donors")
    until(lambda: sent() > 3, "the first donors on the list")
    person.find("push button", "Pause")
    person.sees("relaying")


def types_a_donor(person: PersonAtComputer) -> None:
    person.computer.press("ctrl+n")
    person.types_into("Email", TYPED)
    person.types_into("First name", "Gala")
    person.types_into("Last name", "Ray")
    person.sees("typing")
    person.computer.press("Return")
    person.reads("label", "Gala Ray", "is waiting in the queue")
    person.sees("typed")
    person.closes("Add donor")


def takes_over(person: PersonAtComputer, key: str) -> None:
    """Take over from the other computer; the key is asked for, as this one does not have it."""
    ask_to_take_over(person)
    person.reads("label", "Not relayed")
    person.sees("no key")
    person.press("Replace API key…")
    person.write("API key", key)
    person.reads("label", "Connected.")
    person.sees("key")
    person.press("Save")
    until(lambda: person.program.find("dialog", "Settings of") is None, "the end of the settings")
    ask_to_take_over(person)
    person.find("push button", "Pause")
    person.sees("took over")


def ask_to_take_over(person: PersonAtComputer) -> None:
    person.opens_office_menu("Workstations…", "w")
    table = person.find("table", "Workstations")
    table.choose(person.find("cell", "Accounting"))
    person.sees("workstations")
    person.press("Take over…")
    person.reads("label", "Take over from “Accounting”?")
    person.sees("take over")
    person.press("Take over")
    person.closes("Workstations and people")


def leaves(person: PersonAtComputer) -> None:
    person.opens_office_menu("Leave…", "l")
    person.find("push button", "Leave office")
    person.sees("leave")
    person.press("Leave office")
    person.comes_back()
    person.reads("label", "You work on this computer's own queue again")
    person.reads("label", "Connect to ActiveCampaign")
    person.sees("own queue again")


@pytest.mark.timeout(1_500)
def test_an_office_of_two_from_the_guide_alone(
    desktop: Part, account: PracticeAccount, database: PostgresServer, plain: PostgresServer, tmp_path: Path
) -> None:
    def sent() -> int:
        return len(account.members(NEWCOMERS_LIST))

    other = tmp_path / "other.crt"
    trustme.CA().cert_pem.write_to_path(other)
    with (
        PracticeServer(account) as server,
        announcements(desktop) as announced,
        computer(tmp_path / "accounting") as accounting,
        computer(tmp_path / "front desk") as front_desk,
    ):
        owner = PersonAtComputer(accounting, desktop, announced, "owner")
        connect(owner, server)
        imports_500(owner)
        shares(owner, database.port, plain.port, tmp_path / "ca.crt", other)
        invitation = accounting.documents / "ana.acoffice"
        invites(owner, invitation)
        ana = PersonAtComputer(front_desk, desktop, announced, ANA)
        joins(ana, invitation, unusable(invitation, plain, other))
        begins_to_relay(owner, sent)
        types_a_donor(ana)
        takes_over(ana, server.key)
        until(lambda: sent() == DONORS + 1, "everybody on the list", ALL_SENT_IN)
        for person in (owner, ana):
            person.reads("list item", "Donors", "Active", "nothing waiting")
            person.sees("all sent")
        leaves(ana)
        assert (accounting.close_program(), front_desk.close_program()) == (0, 0)
    assert_once_each(account)
    assert_who_did_what(database)


def unusable(invitation: Path, plain: PostgresServer, other: Path) -> dict[Path, str]:
    """Return invitations as they are when something changed meanwhile, each with words that say what."""
    changes: dict[str, tuple[dict[str, object], str]] = {
        "plain server": ({"port": plain.port}, "doesn't encrypt"),
        "another issuer": ({"ca": other.read_text(encoding="ascii")}, "certificate verify failed"),
        "another name": ({"host": "127.0.0.1"}, "does not match host name"),
        "wrong password": ({"password": "not these words"}, "It was already used"),
    }
    made = {}
    for name, (changed, words) in changes.items():
        file = invitation.with_name(f"{name}.acoffice")
        file.write_text(json.dumps(json.loads(invitation.read_text(encoding="utf-8")) | changed), encoding="utf-8")
        made[file] = words
    return made


def assert_once_each(account: PracticeAccount) -> None:
    emails = sorted(contact.email for contact in account.members(NEWCOMERS_LIST))
    assert emails == sorted([*(row.email for row in donation_rows(DONORS)), TYPED])
    added = [one for one in account.log.requests() if (one.method, one.operation) == ("POST", "contactLists")]
    assert len(added) == DONORS + 1


def assert_who_did_what(database: PostgresServer) -> None:
    """Ask the server as the owner of the database, past the program."""
    with database.connect(DATABASE, OWNER, OWNER_PASSWORD) as sql:
        states = sql.execute("SELECT state, count(*) FROM ac_desktop.record GROUP BY state").fetchall()
        assert states == [("sent", DONORS + 1)]
        attempts = sql.execute("SELECT count(*), count(DISTINCT record_id) FROM ac_desktop.attempt").fetchall()
        assert attempts == [(DONORS + 1, DONORS + 1)]
        relayed = sql.execute("SELECT DISTINCT who, workstation FROM ac_desktop.attempt ORDER BY 1").fetchall()
        assert relayed == [(ANA, "Front desk"), (OWNER, "Accounting")]
        typed = sql.execute(
            "SELECT who, workstation FROM ac_desktop.batch JOIN ac_desktop.record ON batch_id = batch.id"
            " WHERE email = %s",
            (TYPED,),
        ).fetchall()
        assert typed == [(ANA, "Front desk")]
        assert sql.execute("SELECT name FROM ac_desktop.workstation").fetchall() == [("Accounting",)]
