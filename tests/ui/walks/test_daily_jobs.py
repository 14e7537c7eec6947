"""What the five daily jobs cost: clicks by mouse, and keys beside the texts that are typed."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.practice.faults import Incoming
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import PATIENCE, Harness, donors
from tests.ui.held import hold
from tests.ui.walks.conftest import OFFSCREEN_SAYS
from tests.ui.walks.person import CTRL, KEYS, Person

ROWS = "Email,First Name\nedda@example.org,Edda\nbea@example.org,Bea\n"
SYNC_PATH = "contact/sync"
QUEUE = "Donors in the queue"
STATES = "Connections and states"


@pytest.fixture
def connection(harness: Harness) -> Connection:
    """A connection that was there before the window."""
    return harness.connect("Spring Appeal")


@pytest.fixture
def person(connection: Connection, window: MainWindow, person: Person) -> Person:
    """A person whose window shows the connection."""
    assert connection.id
    window.refresh()
    person.comes_to(QUEUE)
    return person


def cost(person: Person) -> tuple[int, int]:
    return person.clicks, person.keys


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "walkathon.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_import_and_relay_by_mouse(person: Person, window: MainWindow, file: Path) -> None:
    window.import_dropped([file])
    person.sees("Add 2 donors to queue")
    person.comes_to("Add 2 donors to queue")
    person.click("Add 2 donors to queue")
    person.sees("Relay 2 donors")
    person.click("Relay 2 donors")
    person.sees("2 sent, 0 failed, 0 held.")
    assert cost(person) == (2, 0)


@pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True)
def test_import_and_relay_by_keyboard(person: Person, file: Path) -> None:
    person.press(KEYS.Key_O, CTRL)
    person.comes_to("File name")
    person.type(str(file))
    person.press(KEYS.Key_Return)
    person.comes_to("Add 2 donors to queue")
    person.press(KEYS.Key_Space)
    person.sees("Relay 2 donors")
    person.press(KEYS.Key_R, CTRL)
    person.sees("2 sent, 0 failed, 0 held.")
    assert cost(person) == (0, 4)


@pytest.mark.parametrize(("by_keyboard", "expected"), [(False, (3, 0)), (True, (0, 4))])
def test_add_a_donor_and_relay(
    person: Person, harness: Harness, *, by_keyboard: bool, expected: tuple[int, int]
) -> None:
    _either(by_keyboard, lambda: person.press(KEYS.Key_N, CTRL), lambda: person.click("Add donor"))
    person.comes_to("Email")
    person.type("edda@example.org")
    _either(by_keyboard, lambda: person.press(KEYS.Key_Return), lambda: person.click("Save and next"))
    person.sees("edda@example.org is waiting in the queue.")
    if by_keyboard:
        person.press(KEYS.Key_Escape)
        person.comes_to(QUEUE)
    else:
        person.goes_to_the_main_window()
    person.sees("Relay 1 donor")
    _either(by_keyboard, lambda: person.press(KEYS.Key_R, CTRL), lambda: person.click("Relay 1 donor"))
    person.sees("1 sent, 0 failed, 0 held.")
    assert harness.emails_on_list() == {"edda@example.org"}
    assert cost(person) == expected


@pytest.mark.parametrize(("by_keyboard", "expected"), [(False, (2, 0)), (True, (0, 3))])
def test_look_up_an_answer(
    person: Person, window: MainWindow, harness: Harness, connection: Connection, *,
    by_keyboard: bool, expected: tuple[int, int],
) -> None:  # fmt: skip
    harness.queue(connection, donors(5))
    harness.relay(connection)
    window.refresh()
    _either(by_keyboard, lambda: person.press(KEYS.Key_F, CTRL), lambda: person.click_into("Search donors"))
    person.comes_to("Search donors")
    person.type("donor3@")
    person.sees_rows(QUEUE, 1)
    if by_keyboard:
        person.press(KEYS.Key_Down)
        person.comes_to(QUEUE)
        person.press(KEYS.Key_Down)
    else:
        person.click_row(QUEUE, "First3 Last3, sent")
    person.sees('"email": "donor3@example.org"')
    person.sees("Response status: 201")
    assert cost(person) == expected


@pytest.mark.parametrize(("by_keyboard", "expected"), [(False, (4, 0)), (True, (0, 5))])
def test_fix_a_held_donor(
    person: Person, window: MainWindow, harness: Harness, connection: Connection, *,
    by_keyboard: bool, expected: tuple[int, int],
) -> None:  # fmt: skip
    hold(harness, connection)
    window.refresh()
    if by_keyboard:
        person.press(KEYS.Key_4, CTRL)
        person.comes_to(QUEUE)
        person.press(KEYS.Key_Down)
        person.press(KEYS.Key_F2)
        person.comes_to("Email")
        person.press(KEYS.Key_A, CTRL)
        person.type("ann@example.org")
        person.press(KEYS.Key_Return)
    else:
        person.click_row(STATES, "Held, 1")
        person.click_row(QUEUE, "Ann, held")
        person.click_into("Email")
        person.comes_to("Email")
        person.type("example.org")
        person.click("Put back in the queue")
    person.waits(lambda: harness.counts(connection).waiting == 1, "a donor who waits")
    person.sees("Relay 1 donor")
    assert cost(person) == expected


@pytest.mark.parametrize(("by_keyboard", "expected"), [(False, (2, 0)), (True, (0, 2))])
def test_pause_and_resume(
    person: Person, window: MainWindow, harness: Harness, connection: Connection, *,
    by_keyboard: bool, expected: tuple[int, int],
) -> None:  # fmt: skip
    harness.queue(connection, donors(12))
    window.refresh()
    is_paused = threading.Event()

    def wait_at_the_eighth(incoming: Incoming) -> None:
        if incoming.path == SYNC_PATH and incoming.of_path == 8:
            assert is_paused.wait(PATIENCE)

    harness.account.set_schedule(wait_at_the_eighth)
    window.connection_bar.press_relay()
    person.sees("Pause")
    person.waits(lambda: window.connection_bar.relay.text() == "Pause", "a relay that runs")
    _either(by_keyboard, lambda: person.press(KEYS.Key_P, CTRL), lambda: person.click("Pause"))
    person.sees("Resume relaying")
    is_paused.set()
    assert harness.services.engine.join(connection.id, PATIENCE)
    _either(by_keyboard, lambda: person.press(KEYS.Key_P, CTRL), lambda: person.click("Resume relaying"))
    person.waits(lambda: harness.counts(connection).sent == 12, "the end of the relay")
    person.sees("0 failed, 0 held.")
    assert cost(person) == expected


def _either(by_keyboard: bool, press: Callable[[], None], click: Callable[[], None]) -> None:  # noqa: FBT001
    press() if by_keyboard else click()
