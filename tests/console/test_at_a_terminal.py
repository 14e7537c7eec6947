"""What the console asks a person at a terminal, and what it shows while it relays."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.practice.faults import Faults, Incoming, Outage, OverLimit
from tests.anedot import donation_rows, write_export
from tests.console.conftest import ROOT, Console
from tests.console.terminal import Terminal
from tests.promises.test_disk import a_backup

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals in Python")

STRANGE = ("--url", "https://crm.example.org", "--list", "1", "--no-check")


@pytest.fixture
def terminal(console: Console) -> Terminal:
    return Terminal(console)


def test_the_key_is_asked_for_and_never_shown(console: Console, terminal: Terminal) -> None:
    address = ("--url", console.server.url, "--list", "1")

    ran = terminal("connect", "Spring", *address, answers=[("hidden as you type", console.key)])

    assert ran.code == 0, ran.out
    assert console.key not in ran.out
    assert "isn't saved" in ran.out
    assert terminal("test", "Spring", answers=[("hidden as you type", console.key)]).code == 0
    assert terminal("test", "Spring", answers=[("hidden as you type", "")]).code == 2


@pytest.mark.parametrize(("answer", "code", "kept"), [("n", 2, 0), ("", 2, 0), ("y", 0, 1), ("Yes", 0, 1)])
def test_an_address_that_we_do_not_know_is_taken_only_on_a_yes(
    console: Console, terminal: Terminal, answer: str, code: int, kept: int
) -> None:
    ran = terminal("connect", "Spring", *STRANGE, answers=[("Use it?", answer)], key=console.key)
    assert ran.code == code, ran.out
    assert ("Nothing was saved." in ran.out) == (not kept)
    assert len(console("connections", "--json").json["connections"]) == kept


def test_who_is_erased_is_asked_for_first(console: Console, terminal: Terminal) -> None:
    console.connect()
    console("add", "Spring", "--email", "ann@example.org")
    assert terminal("erase", "ann@example.org", answers=[("Erase?", "no")]).code == 2
    assert console("status", "--json").json["connections"][0]["records"]["waiting"] == 1
    assert terminal("erase", "ann@example.org", answers=[("Erase?", "y")]).code == 0
    assert console("status", "--json").json["connections"][0]["records"]["waiting"] == 0


@pytest.mark.parametrize(("answer", "code", "waiting"), [("", 2, 1), ("no", 2, 1), ("y", 0, 2)])
def test_a_donor_typed_again_is_asked_about(
    console: Console, terminal: Terminal, answer: str, code: int, waiting: int
) -> None:
    console.connect()
    console("add", "Spring", "--email", "ann@example.org")
    ran = terminal("add", "Spring", "--email", "Ann@example.org", answers=[("Queue this donor again?", answer)])
    assert ran.code == code, ran.out
    assert "already in the queue" in ran.out
    assert console("status", "--json").json["connections"][0]["records"]["waiting"] == waiting


def test_a_page_that_no_row_names_is_asked_for(console: Console, terminal: Terminal, tmp_path: Path) -> None:
    console.connect("Spring", "--pages", "gala")
    plain = tmp_path / "plain.csv"
    plain.write_text("Email\nann@example.org\n")
    assert terminal("import", "Spring", plain, answers=[("Page ID:", "")]).code == 2
    assert console("status", "--json").json["connections"][0]["records"]["waiting"] == 0
    ran = terminal("import", "Spring", plain, answers=[("Page ID:", "gala")])
    assert ran.code == 0, ran.out
    assert "1 waiting" in ran.out


def test_each_file_that_names_no_page_is_asked_about(console: Console, terminal: Terminal, tmp_path: Path) -> None:
    console.connect("Spring", "--pages", "gala,picnic")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Email\nann@example.org\n")
    second.write_text("Email\nbea@example.org\n")
    answers = [
        ("“first.csv” doesn't name an action page", "gala"),
        ("“second.csv” doesn't name an action page", "picnic"),
    ]
    ran = terminal("import", "Spring", first, second, answers=answers)
    assert ran.code == 0, ran.out
    assert ran.out.count("1 waiting") == 2


def test_what_a_file_leaves_open_is_asked_and_the_answers_are_remembered(
    console: Console, terminal: Terminal, tmp_path: Path
) -> None:
    console.connect()
    donors = tmp_path / "donors.csv"
    donors.write_text("Reach them,Name,Date\nann@example.org,Ann Dot,4/9/2026\nann@example.org,Anna Dot,5/8/2026\n")
    asked = [
        ("Which column contains", "Reach them"),
        ("split at the last space", "y"),
        ("the day or the month", "day-first"),
    ]
    refused = terminal("import", "Spring", donors, answers=[asked[0], (asked[1][0], "n")])
    assert (refused.code, "Nothing was queued." in refused.out) == (2, True)
    ran = terminal("import", "Spring", donors, answers=asked)
    assert ran.code == 0, ran.out
    assert "row 3: skipped" in ran.out, "day first: 4 September is newer than 5 August"
    again = terminal("import", "Spring", donors, "--again")
    assert (again.code, "row 3: skipped" in again.out) == (0, True), again.out


def test_a_column_of_addresses_is_proposed_and_taken_with_enter(
    console: Console, terminal: Terminal, tmp_path: Path
) -> None:
    console.connect()
    donors = tmp_path / "donors.csv"
    donors.write_text("Reach them,Colour\nann@example.org,red\nbea@example.org,blue\n")
    refused = console("import", "Spring", donors)
    assert (refused.code, "“Reach them” seems to hold them" in refused.err) == (2, True)
    ran = terminal("import", "Spring", donors, answers=[("Press Enter for “Reach them”", "")])
    assert (ran.code, "2 waiting" in ran.out) == (0, True), ran.out


def test_a_backup_comes_back_once_a_person_has_said_yes(console: Console, terminal: Terminal) -> None:
    assert console("status").code == 0
    assert terminal("restore").out.strip() == f"No backup found in {console.folder}."
    a_backup(console.folder)
    refused = terminal("restore", answers=[("Restore it?", "n")])
    assert (refused.code, "Nothing was changed." in refused.out) == (2, True)
    assert console("connections", "--json").json == {"connections": []}

    back = terminal("restore", answers=[("Restore it?", "y")])

    assert back.code == 0, back.out
    assert "The previous database was saved as" in back.out
    assert "Spring" in console("connections").out


def test_how_long_a_relay_takes_is_reported_before_and_its_end_after(
    console: Console, terminal: Terminal, tmp_path: Path
) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(3)))

    ran = terminal("relay", "Spring", key=console.key)

    assert ran.code == 0, ran.out
    assert ran.out.startswith("3 donors, about 5 s")
    assert "--bulk" not in ran.out
    assert "One by one starts" not in ran.out
    assert "0/3" in ran.out
    assert "Sent: 3. Waiting: 0. Held: 0. Failed: 0. Skipped: 0. “Spring” is active." in ran.out
    assert terminal("relay", "Spring", key=console.key).code == 0


def test_bulk_is_offered_where_many_wait_and_says_what_differs_where_chosen(
    console: Console, terminal: Terminal, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(501)))
    account.faults = Faults(refuse_everything=True)
    ran = terminal("relay", "Spring", key=console.key)
    assert ran.code == 4
    assert "To choose bulk, add --bulk." in ran.out
    assert "One by one starts with 20 donors." in ran.out
    assert "became inactive after five failed attempts in a row" in ran.out
    account.faults = Faults()
    assert console("reactivate", "Spring").code == 0

    in_bulk = terminal("relay", "Spring", "--bulk", key=console.key)

    assert in_bulk.code == 0, in_bulk.out
    assert "Differences: in bulk, ActiveCampaign reports one result for up to 250 donors" in in_bulk.out
    assert "add --bulk" not in in_bulk.out
    assert "One by one starts" not in in_bulk.out
    assert "Sent: 501." in in_bulk.out


def test_a_wait_for_the_account_is_shown_while_it_lasts(
    console: Console, terminal: Terminal, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(4)))
    asked = []

    def once(incoming: Incoming) -> Faults | None:
        asked.append(incoming)
        return Faults(outage=Outage.ERROR_503) if len(asked) == 1 else None

    account.set_schedule(once)
    ran = terminal("relay", "Spring", key=console.key)
    assert ran.code == 0, ran.out
    assert "next attempt in" in ran.out or "ActiveCampaign is busy" in ran.out
    assert "Sent: 4." in ran.out


@pytest.fixture
def _heeds_ctrl_c() -> Iterator[None]:
    """What is started in the background ignores Ctrl+C, and so does whatever it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeds_ctrl_c")
def test_whoever_breaks_off_a_relay_loses_nobody(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(40)))
    children: list[subprocess.Popen[str]] = []

    def press_ctrl_c(incoming: Incoming) -> Faults | None:
        if incoming.number < 10:
            return None
        if incoming.number == 10:
            children[0].send_signal(signal.SIGINT)
        return Faults(always_busy=True, over_limit=OverLimit.RETRY_30)

    account.set_schedule(press_ctrl_c)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unpaced_console", "relay", "Spring", "--data-dir", str(console.folder)],
        cwd=ROOT, env=os.environ | {"AC_DESKTOP_API_KEY": console.key}, stderr=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        children.append(child)
        _, reported = child.communicate(timeout=100)
    account.set_schedule(lambda _: None)

    assert child.returncode == 4, reported
    assert reported.startswith("Stopped. No donors were lost")
    records = console("status", "--json").json["connections"][0]["records"]
    assert records["sent"] + records["waiting"] + records["sending"] == 40
    assert console("relay", "Spring").code == 0
    assert len(account.members("1")) == 40


def test_the_key_of_anedot_is_asked_for_never_shown_and_asked_again_where_it_is_refused(
    console: Console, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.connect()
    with AnedotServer() as anedot:
        monkeypatch.setenv("AC_DESKTOP_ANEDOT_URL", anedot.url)
        words = ("fetch", "Spring", "--account", anedot.uid)
        taken = terminal(*words, answers=[("hidden as you type", anedot.key)])
        refused = terminal(*words, answers=[("hidden as you type", "another-key")])

    assert (taken.code, refused.code) == (0, 5)
    assert "isn't saved" in taken.out
    assert "rejected" in refused.out
    assert anedot.key not in taken.out
    assert "another-key" not in refused.out
