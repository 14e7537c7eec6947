"""The console holds whom a file says not to email, and shows before queueing which columns of statuses nobody reads."""

import sys
from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from tests.console.conftest import Console
from tests.console.terminal import Terminal
from tests.importing.books import write_xlsx
from tests.importing.files import header, under, write

ROWS = [
    ["Email", "Payment Status", "Recurring Status", "Email Opt In"],
    ["ann@example.org", "Succeeded", "Active", "No"],
    ["bea@example.org", "Failed", "Cancelled", "Yes"],
    ["cy@example.org", "Succeeded", "Active", "Yes"],
]
UNREAD = [{"column": "Recurring Status", "values": {"Active": 2, "Cancelled": 1}}]
SENTENCE = "donors.csv: The column Recurring Status isn't used. Its values are Active 2, Cancelled 1."


@pytest.fixture
def donors(tmp_path: Path) -> Path:
    return write(tmp_path / "donors.csv", ROWS)


def test_columns_that_nobody_reads_are_in_the_json(console: Console, donors: Path) -> None:
    console.connect()
    ran = console("import", "Spring", donors, "--json").json
    assert (ran["waiting"], ran["held"], ran["skipped"]) == (1, 1, 1)
    assert ran["unread_columns"] == UNREAD
    assert {problem["reason"] for problem in ran["problems"]} == {
        "The file says not to email this person: “Email Opt In” is “No”.",
        "This donation wasn't completed: “Payment Status” is “Failed”.",
    }


def test_a_check_shows_all_of_it_and_queues_nothing(console: Console, donors: Path) -> None:
    console.connect()
    ran = console("import", "Spring", donors, "--check", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["unread_columns"] == UNREAD
    assert ran.json["reasons"] == {"file_forbids": 1, "not_completed": 1}
    assert (ran.json["waiting"], ran.json["held"], ran.json["skipped"]) == (1, 1, 1)
    in_words = console("import", "Spring", donors, "--check").out
    assert SENTENCE in in_words
    assert "checked only: 3 rows" in in_words
    assert not any(console("status", "--json").json["connections"][0]["records"].values())


def test_the_sentence_comes_before_the_receipt(console: Console, donors: Path) -> None:
    console.connect()
    out = console("import", "Spring", donors).out
    assert out.index(SENTENCE) < out.index("1 waiting")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals in Python")
@pytest.mark.parametrize(("answer", "code", "rows"), [("n", 2, 0), ("y", 3, 3)])
def test_a_person_at_the_terminal_is_asked_first(
    console: Console, donors: Path, answer: str, code: int, rows: int
) -> None:
    console.connect()
    reported = Terminal(console)("import", "Spring", donors, answers=[("anyway?", answer)])
    assert reported.code == code, reported.out
    assert SENTENCE in reported.out
    assert sum(console("status", "--json").json["connections"][0]["records"].values()) == rows


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_mailchimp_audience_puts_nobody_back_who_left(
    console: Console, account: PracticeAccount, tmp_path: Path, ending: str
) -> None:
    console.connect()
    names = header("mailchimp_unsubscribed")
    gone = {"Email Address": "gone@example.org", "LEID": "1", "EUID": "e1", "UNSUB_TIME": "2026-02-03 04:05:06"}
    stays = {"Email Address": "stays@example.org", "LEID": "2", "EUID": "e2"}
    path = tmp_path / f"members{ending}"
    if ending == ".csv":
        write(path, under(names, gone, stays))
    else:
        write_xlsx(path, {"Members": under(names, gone, stays)})
    assert console("import", "Spring", path, "--json").json["held"] == 1
    console("relay", "Spring")
    assert account.contact("gone@example.org") is None
    assert account.contact("stays@example.org") is not None
    decided = console(
        "decide", "Spring", "resubscribe", "--email", "gone@example.org", "--reason", "Asked by letter", "--json"
    )
    assert decided.json == {"decision": "resubscribe", "decided": 1, "left_alone": 0}
    console("relay", "Spring")
    assert account.contact("gone@example.org") is not None


def test_a_donation_in_doubt_waits_for_a_decision_which_is_no_consent(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect()
    gone = account.add_contact("gone@example.org")
    account.set_status(gone.id, console.server.list_id, MemberStatus.UNSUBSCRIBED)
    rows = [{"Email": f"{name}@example.org", "Payment Status": "Limbo"} for name in ("ann", "gone")]
    path = write(tmp_path / "zeffy.csv", under(header("zeffy"), *rows))
    ran = console("import", "Spring", path, "--json")
    assert (ran.json["waiting"], ran.json["held"]) == (0, 2)
    assert ran.json["unread_columns"] == [{"column": "Payment Status", "values": {"Limbo": 2}}]
    console("relay", "Spring")
    assert account.contact("ann@example.org") is None
    console("decide", "Spring", "resubscribe", "--all", "--reason", "Zeffy says that it was paid")
    console("relay", "Spring")
    assert account.contact("ann@example.org") is not None
    held = console("status", "--json").json["connections"][0]["records"]
    assert (held["sent"], held["held"]) == (1, 1), "who left the list stays off it"
