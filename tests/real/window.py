"""The program's real window, on a real X display: a file is dropped on it, relayed, and read about in the log.

Runs within `dbus-run-session` and `xvfb-run`, with a window manager; drives the program that
`AC_DESKTOP_TEST_PROGRAM` names, else this checkout, by the mouse and by what assistive technology sees.
"""

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from ac_desktop.practice.account import NEWCOMERS_LIST, PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.real.accessible import Part, until
from tests.real.dragging import dropped
from tests.real.program_window import Window
from tests.real.programs import program

DONORS: Final = "Email,First Name\nann@example.org,Ann\nbea@example.org,Bea\nzoe@example.org,Zoë\n"
EMAILS: Final = {"ann@example.org", "bea@example.org", "zoe@example.org"}


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount()


@pytest.fixture
def connected(environment: dict[str, str], account: PracticeAccount) -> Iterator[dict[str, str]]:
    with PracticeServer(account) as server:
        environment |= {"AC_DESKTOP_API_KEY": server.key}
        subprocess.run(
            [*program(), "connect", "Spring", "--url", server.url, "--list", server.list_id],
            env=environment, capture_output=True, timeout=60, check=True,
        )  # fmt: skip
        yield environment


def test_a_dropped_file_is_checked_queued_relayed_and_shown_in_the_log(
    desktop: Part, connected: dict[str, str], account: PracticeAccount, tmp_path: Path
) -> None:
    file = tmp_path / "spring donors.csv"
    file.write_text(DONORS, encoding="utf-8")
    window = Window(desktop, connected)
    try:
        window.place()
        with dropped(file, connected):
            window.button("Add 3 donors to queue").press()
        assert account.members(NEWCOMERS_LIST) == ()
        window.button("Relay 3 donors").press()
        for email in EMAILS:
            until(partial(window.tells, email, "Added to the list."), f"what became of {email}, in the log,")
        assert {contact.email for contact in account.members(NEWCOMERS_LIST)} == EMAILS
        assert window.close() == 0
    finally:
        window.kill()


def test_a_file_that_the_desktop_hands_over_is_checked_at_once(
    desktop: Part, connected: dict[str, str], account: PracticeAccount, tmp_path: Path
) -> None:
    file = tmp_path / "fall donors.csv"
    file.write_text(DONORS, encoding="utf-8")
    window = Window(desktop, connected, "open", str(file))
    try:
        window.button("Add 3 donors to queue").press()
        window.button("Relay 3 donors")
        assert account.members(NEWCOMERS_LIST) == ()
    finally:
        window.kill()
