"""What the console shows people: what is kept, what became of it, and why something is not done."""

from pathlib import Path

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults
from tests.anedot import DonationRow, donation_rows, write_export
from tests.console.conftest import Console


def test_a_beginner_is_shown_how_to_begin(console: Console) -> None:
    for words in ("connections", "status"):
        assert console(words).out == "There are no connections yet. Create one with “ac-desktop connect”.\n"
    ran = console("relay", "Spring")
    assert (ran.code, "Create one with “ac-desktop connect”." in ran.err) == (2, True)
    assert "give --url and --list" in console("connect", "Spring", "--list", "1").err


def test_connections_and_their_records_are_reported_as_tables(console: Console, tmp_path: Path) -> None:
    console.connect("Spring", "--pages", "gala, online", "--team", "North", "--team-pages", "n1,n2")
    console.connect("Autumn", "--team", "north")
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(2)))

    headings, *rows = [line.split() for line in console("connections").out.splitlines()]
    assert headings == ["name", "API", "URL", "list", "pages", "excluded", "team", "speed", "state"]
    assert [(row[0], *row[3:]) for row in rows] == [
        ("Autumn", "all", "North", "4", "active"),
        ("Spring", "gala,online", "North", "4", "active"),
    ]
    headings, row = [line.split() for line in console("status", "spring").out.splitlines()]
    assert dict(zip(headings, row, strict=True)) == {
        "name": "Spring", "state": "active", "failures": "0",
        "waiting": "0", "sending": "0", "sent": "0", "held": "0", "skipped": "2", "failed": "0",
    }  # fmt: skip
    unknown = console("status", "Winter")
    assert (unknown.code, "Available connections: “Autumn”, “Spring”." in unknown.err) == (2, True)


def test_the_log_shows_each_attempt_in_a_line_with_its_reason(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(1)))
    account.faults = Faults(refuse_addresses=True)
    console("relay", "Spring")
    (line,) = console("log", "Spring").out.splitlines()
    assert "donor0@example.org  failed  (contact 422)  failed in a row: 1 " in line
    assert console("log", "Spring", "--failed").out.splitlines() == [line]


def test_a_report_of_failed_and_held_records_is_corrected_and_taken_in_again(console: Console, tmp_path: Path) -> None:
    console.connect()
    rows = [
        DonationRow(number=0, email="ann@example.org"),
        DonationRow(number=1, email="bea at example.org", first="Bea"),
    ]
    console("import", "Spring", write_export(tmp_path / "a.csv", rows))
    report = tmp_path / "report.csv"

    ran = console("report", "Spring", "--failed", "--out", report)

    assert (ran.code, ran.out) == (0, f"Saved {report}. Donors: 1.\n")
    text = report.read_text(encoding="utf-8-sig")
    assert "ann@example.org" not in text
    report.write_text(text.replace("bea at example.org", "bea@example.org"), encoding="utf-8")
    assert console("import", "Spring", report, "--json").json["waiting"] == 1
    assert "Donors: 3" in console("report", "Spring", "--out", tmp_path / "all.csv").out
    nowhere = console("report", "Spring", "--out", tmp_path / "nowhere" / "report.csv")
    assert (nowhere.code, len(nowhere.err.strip().splitlines())) == (2, 1)


def test_a_connection_that_cannot_be_is_refused_and_one_without_a_key_is_kept(console: Console) -> None:
    assert "No action page was given. Add at least one page ID." in console.connect("Spring", "--pages", ",").err
    ran = console("connect", "Spring", "--url", "http://acct.api-us1.com", "--list", "1", "--no-check", key=None)
    assert ran.code == 0, ran.err
    assert "the API URL was changed to https://acct.api-us1.com" in ran.err
    assert "No API key was entered" in ran.err
    assert "there is nothing to reactivate" in console("reactivate", "Spring").out


def test_a_comparison_that_the_account_refuses_says_so(console: Console, account: PracticeAccount) -> None:
    console.connect()
    assert "0 new, 0 with changes, 0 unchanged, 0 to be held." in console("compare", "Spring").out
    console("add", "Spring", "--email", "ann@example.org")
    account.faults = Faults(refuse_everything=True)
    refused = console("compare", "Spring")
    assert (refused.code, len(refused.err.strip().splitlines())) == (5, 1)
