"""Six jobs over the accessibility bus alone, with the real program and the practice account.

A new connection, an import with a correction, the relay, failures until the connection is inactive, the way back, and
looking up what ActiveCampaign answered. Nothing is done but what assistive technology can do, and nothing is read but
names, roles, states and texts. Runs within `dbus-run-session` and `xvfb-run`, with a window manager.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from jeepney import DBusErrorResponse  # type: ignore[import-untyped]

from ac_desktop.practice.account import NEWCOMERS_LIST, PracticeAccount
from ac_desktop.practice.faults import Faults
from ac_desktop.practice.server import PracticeServer
from tests.real.accessible import Announcements, Part, announcements, until
from tests.real.program_window import Window

HEADER: Final = "Email,First Name,Last Name\n"
SPRING: Final = HEADER + "edda@example.org,Edda,Marsh\nbea@gmial.com,Bea,Lind\nzoe@example.org,Zoë,Ray\n"
FALL: Final = HEADER + "".join(f"fall{number}@example.org,Fall{number},Lind\n" for number in range(6))
NAMED: Final = "button menu|cell|check box|combo box|dialog|frame|list|list item|menu item|page tab|push button"
FIELDS: Final = "radio button|spin box|table|text|tree|tree item"
TO_BE_NAMED: Final = frozenset(f"{NAMED}|{FIELDS}".split("|"))
"""The roles of what a person reads or uses; a place that only holds others needs no name."""
FILE_DIALOGS: Final = ("Import donor files", "Choose the ", "Save the ")
ODD: Final = re.compile(r"^\s|\s$|  |&|\.\.$|: ?$|, ?,|[a-z]+_[a-z]+")
"""What no sentence has: spaces too many, a mark of a key, an end without a word, a name of the code."""


class Listener:
    """A person who does not see the window: acts on what has a role and a name, and hears what is announced."""

    def __init__(self, desktop: Part, announced: Announcements) -> None:
        self._desktop = desktop
        self._announced = announced

    def find(self, role: str, start: str) -> Part:
        return until(lambda: self._desktop.find(role, start), f"the {role} “{start}…”")

    def press(self, name: str) -> None:
        find = partial(self._desktop.find, "push button", name, is_whole=True)
        until(find, f"the button “{name}”").press()

    def write(self, name: str, text: str) -> None:
        self.find("text", name).write(text)

    def reads(self, role: str, *words: str) -> str:
        """Wait for a part in sight whose name has all these words; return its name."""
        return until(partial(self._name_with, role, words), f"a {role} that says {words}")

    def hears(self, *words: str) -> str:
        """Wait until something with all these words is announced; return it."""
        try:
            return until(partial(self._announced_with, words), f"an announcement of {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}, after {self._announced.heard()}") from None

    def comes_to(self, role: str, name: str) -> None:
        """Wait until something has the focus. The current row of a list is said to have it within its list."""
        try:
            until(lambda: (role, name) in self._focused(), f"the focus, on the {role} “{name}”,")
        except AssertionError as error:
            raise AssertionError(f"{error}; it is on {self._focused()}") from None

    def _focused(self) -> list[tuple[str, str]]:
        return [(part.role, part.name) for part in self._desktop.shown() if part.is_focused]

    def odd_names(self) -> list[str]:
        """Return what cannot be understood by its name; the system's own file dialog is not ours."""
        return [
            odd
            for program in self._desktop.children
            for window in program.children
            if window.is_shown and not window.name.startswith(FILE_DIALOGS)
            for part in (window, *window.shown())
            if (odd := _odd_name(part, window))
        ]

    def _name_with(self, role: str, words: tuple[str, ...]) -> str | None:
        for part in self._desktop.shown():
            try:
                name = part.name
                if part.role == role and all(word in name for word in words):
                    return name
            except DBusErrorResponse:
                continue
        return None

    def _announced_with(self, words: tuple[str, ...]) -> str | None:
        return next((text for text in self._announced.heard() if all(word in text for word in words)), None)


def _odd_name(part: Part, window: Part) -> str:
    """Return what is odd about a part's name; "" where nothing is, or the part has just gone."""
    try:
        is_odd = part.role in TO_BE_NAMED and ((not part.name and not part.label) or ODD.search(part.name))
        told = f"{part.role} “{part.name}” of {window.name}" if is_odd else ""
    except DBusErrorResponse:
        return ""
    return told


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount()


@contextmanager
def opened(desktop: Part, environment: dict[str, str]) -> Iterator[Listener]:
    """Start the program on a computer that has no keyring: the key is kept for the session alone."""
    with announcements(desktop) as announced:
        window = Window(desktop, environment | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
        try:
            yield Listener(desktop, announced)
            assert window.close() == 0
        finally:
            window.kill()


def connect(person: Listener, server: PracticeServer) -> None:
    person.reads("label", "Welcome to AC Desktop")
    for title in ("Drop a file and check it. ", "Click Relay. ", "Five failures, then it stops. "):
        person.press("Next")
        person.hears(title)
    person.press("Create a connection…")
    person.write("API URL", server.url)
    person.write("API key", server.key)
    assert "The API key belongs to Practice Account" in person.hears("Connected.")
    assert person.odd_names() == []
    person.press("Next")
    assert "List" in person.hears("2 of 5")
    lists = person.find("table", "Lists of the account")
    lists.choose(person.find("cell", "Donors, ID 1"))
    until(lambda: person.find("text", "List ID").text == "1", "the list's ID")
    assert person.odd_names() == []
    for page in ("3 of 5", "4 of 5", "5 of 5"):
        person.press("Next")
        person.hears(page)
        assert person.odd_names() == []
    person.reads("label", "Donors, ID 1")
    person.press("Finish")
    person.reads("list item", "Donors", "Active", "nothing waiting")
    person.comes_to("table", "Donors in the queue")
    assert person.odd_names() == []


def choose_file(person: Listener, file: Path) -> None:
    person.press("Import files")
    person.write("File name", str(file))
    person.press("Open")


def import_with_a_correction(person: Listener, file: Path) -> None:
    choose_file(person, file)
    person.reads("cell", "Row 3", "Bea Lind", "To send", "Did you mean bea@gmail.com instead of bea@gmial.com?")
    assert person.odd_names() == []
    rows = person.find("table", "Rows of the file")
    rows.choose(person.find("cell", "Email: bea@gmial.com."))
    person.press("Use bea@gmail.com")
    assert person.reads("cell", "Email: bea@gmail.com") == "Email: bea@gmail.com"
    person.press("Add 3 donors to queue")
    assert "3 waiting" in person.hears("spring donors.csv is in the queue.")
    assert person.odd_names() == []


def relay(person: Listener) -> None:
    person.press("Relay 3 donors")
    assert person.hears("3 sent, 0 failed, 0 held.")
    person.reads("cell", "Bea Lind", "sent", "bea@gmail.com")
    person.reads("push button", "Failures in a row: none")
    assert person.odd_names() == []


def fail_five_times(person: Listener, account: PracticeAccount, file: Path) -> None:
    choose_file(person, file)
    person.press("Add 6 donors to queue")
    account.faults = Faults(refuse_everything=True)
    person.press("Relay 6 donors")
    banner = person.hears("inactive", "Your donors are safe")
    assert "API key" in banner
    person.reads("push button", "Failures in a row: 5 of 5")
    person.reads("list item", "Donors", "Inactive")
    person.find("push button", "Replace API key")
    assert person.odd_names() == []


def reactivate(person: Listener, account: PracticeAccount) -> None:
    account.faults = Faults()
    person.press("Test and reactivate…")
    for step, answer in (("1. API URL", "responds"), ("2. API key", "accepted"), ("3. List", "Donors, ID 1")):
        person.reads("label", step)
        person.reads("label", answer)
    person.hears("All three tests passed.", "none lost")
    assert person.odd_names() == []
    person.press("Reactivate")
    person.hears("Active again.")
    person.press("Close")
    person.reads("push button", "Failures in a row: none")
    person.find("push button", "Relay 6 donors")


def look_up_the_answer(person: Listener) -> None:
    person.write("Search donors", "edda@")
    person.hears("1 donor found")
    queue = person.find("table", "Donors in the queue")
    queue.choose(person.find("cell", "Edda Marsh, sent"))
    person.reads("label", "Response status: 201")
    assert '"email": "edda@example.org"' in person.find("text", "Request body").text
    assert '"contact"' in person.find("text", "Response body").text
    assert person.odd_names() == []


@pytest.mark.timeout(600)
def test_six_jobs_by_what_assistive_technology_can_do(
    desktop: Part, environment: dict[str, str], account: PracticeAccount, tmp_path: Path
) -> None:
    spring, fall = tmp_path / "spring donors.csv", tmp_path / "fall donors.csv"
    spring.write_text(SPRING, encoding="utf-8")
    fall.write_text(FALL, encoding="utf-8")
    with PracticeServer(account) as server, opened(desktop, environment) as person:
        connect(person, server)
        import_with_a_correction(person, spring)
        relay(person)
        fail_five_times(person, account, fall)
        reactivate(person, account)
        look_up_the_answer(person)
    emails = {contact.email for contact in account.members(NEWCOMERS_LIST)}
    assert emails == {"edda@example.org", "bea@gmail.com", "zoe@example.org"}
