"""Six jobs by keyboard alone, one after the other, in the program's own window with the practice account."""

from pathlib import Path

import pytest

from ac_desktop.practice.faults import Faults
from tests.harness import Harness
from tests.ui.walks.conftest import OFFSCREEN_SAYS
from tests.ui.walks.person import ALT, CTRL, KEYS, SHIFT, Person

HEADER = "Email,First Name,Last Name\n"
SPRING = HEADER + "edda@example.org,Edda,Marsh\nbea@gmial.com,Bea,Lind\nzoe@example.org,Zoë,Ray\n"
FALL = HEADER + "".join(f"fall{number}@example.org,Fall{number},Lind\n" for number in range(6))


def connect(person: Person, harness: Harness) -> None:
    person.comes_to("New connection")
    person.press(KEYS.Key_Space)
    person.comes_to("API URL")
    person.type(harness.server.url)
    person.press(KEYS.Key_Tab)
    person.comes_to("API key")
    person.type(harness.server.key)
    person.sees("Connected.", "The API key belongs to Practice Account")
    person.press(KEYS.Key_Return)
    person.comes_to("Filter")
    person.sees("3 lists")
    person.type("donors")
    person.sees("Selected: Donors, ID 1")
    person.press(KEYS.Key_Return)
    person.sees("3 of 5")
    person.press(KEYS.Key_N, ALT)
    person.sees("4 of 5")
    person.press(KEYS.Key_N, ALT)
    person.comes_to("Name")
    person.sees("Practice Account, practice@example.org")
    person.press(KEYS.Key_F, ALT)
    person.comes_to("Donors in the queue")
    person.sees("nothing waiting")


def choose_file(person: Person, file: Path) -> None:
    person.press(KEYS.Key_O, CTRL)
    person.comes_to("File name")
    person.type(str(file))
    person.press(KEYS.Key_Return)


def import_with_a_correction(person: Person, file: Path) -> None:
    choose_file(person, file)
    person.comes_to("Add 3 donors to queue")
    person.sees("Did you mean bea@gmail.com instead of bea@gmial.com?")
    person.press(KEYS.Key_F6, SHIFT)
    person.comes_to("Rows of the file")
    person.press(KEYS.Key_Down)
    person.type("bea@gmail.com")
    person.press(KEYS.Key_Return)
    person.comes_to("Rows of the file")
    person.sees("Email: bea@gmail.com")
    person.press(KEYS.Key_A, ALT)
    person.comes_to("Donors in the queue")
    person.sees("spring donors.csv is in the queue")
    person.sees("3 rows: 3 waiting")


def relay(person: Person, harness: Harness) -> None:
    person.sees("Relay 3 donors")
    person.press(KEYS.Key_R, CTRL)
    person.sees("3 sent, 0 failed, 0 held.")
    assert person.is_at("Donors in the queue")
    person.sees("Bea Lind, sent")
    assert harness.emails_on_list() == {"edda@example.org", "bea@gmail.com", "zoe@example.org"}


def fail_five_times(person: Person, harness: Harness, file: Path) -> None:
    choose_file(person, file)
    person.comes_to("Add 6 donors to queue")
    person.press(KEYS.Key_Space)
    person.comes_to("Donors in the queue")
    harness.account.faults = Faults(refuse_everything=True)
    person.sees("Relay 6 donors")
    person.press(KEYS.Key_R, CTRL)
    person.sees("inactive", "Your donors are safe")
    person.sees("Failures in a row: 5 of 5")
    person.sees("Test and reactivate…")
    assert person.is_at("Donors in the queue")


def reactivate(person: Person, harness: Harness) -> None:
    harness.account.faults = Faults()
    person.press(KEYS.Key_R, CTRL)
    person.comes_to("Reactivate")
    for answer in ("responds", "accepted, belongs to", "Donors, ID 1", "All three tests passed."):
        person.sees(answer)
    person.press(KEYS.Key_Return)
    person.comes_to("Close")
    person.sees("Active again.")
    person.press(KEYS.Key_Return)
    person.comes_to("Donors in the queue")
    person.sees("Failures in a row: none")
    person.sees("Relay 6 donors")


def look_up_the_answer(person: Person) -> None:
    person.press(KEYS.Key_F, CTRL)
    person.comes_to("Search donors")
    person.type("edda@")
    person.sees_rows("Donors in the queue", 1)
    person.press(KEYS.Key_Down)
    person.comes_to("Donors in the queue")
    person.press(KEYS.Key_Down)
    person.sees("Edda Marsh, sent")
    person.sees('"email": "edda@example.org"')
    person.sees("Response status: 201")
    person.press(KEYS.Key_F6)
    person.press(KEYS.Key_F6)
    person.comes_to("Overview")
    person.tab_to("Request body")
    person.tab_to("Response body")


@pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True)
def test_six_jobs_by_keyboard_alone(harness: Harness, person: Person, tmp_path: Path) -> None:
    spring, fall = tmp_path / "spring donors.csv", tmp_path / "fall donors.csv"
    spring.write_text(SPRING, encoding="utf-8")
    fall.write_text(FALL, encoding="utf-8")
    connect(person, harness)
    import_with_a_correction(person, spring)
    relay(person, harness)
    fail_five_times(person, harness, fall)
    reactivate(person, harness)
    look_up_the_answer(person)
    assert person.clicks == 0
