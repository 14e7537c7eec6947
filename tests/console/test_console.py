"""The console's contract with scripts: commands, JSON, exit codes, and one plain sentence for what goes wrong."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from ac_desktop.console.parser import parse
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults, WrongAccount
from tests.anedot import DonationRow, donation_rows, write_export
from tests.console.conftest import ROOT, Console


def test_an_anedot_export_of_500_rows_goes_in_and_the_list_has_the_donors(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    rows = donation_rows(494)
    rows += [
        DonationRow(number=494, email="not an address"),
        DonationRow(number=495, email=""),
        DonationRow(number=496, email="payout@example.org", kind="Withdrawal"),
        DonationRow(number=497, email="open@example.org", status="pending"),
        DonationRow(number=498, email="DONOR3@example.org ", first="Newest", day="2026-05-01"),
        DonationRow(number=499, email="donor4@example.org", first="Oldest", day="2026-01-01"),
    ]
    export = write_export(tmp_path / "anedot.csv", rows)
    assert console.connect().code == 0

    taken = console("import", "Spring", export, "--json")

    assert taken.code == 3
    receipt = taken.json
    assert (receipt["rows"], receipt["waiting"], receipt["held"], receipt["skipped"]) == (500, 494, 2, 4)
    assert {problem["row"]: problem["reason"] for problem in receipt["problems"]}[501] == "Duplicate of row 6."
    assert {problem["row"] for problem in receipt["problems"]} == {5, 496, 497, 498, 499, 501}

    relayed = console("relay", "Spring", "--json")

    assert relayed.code == 3
    assert relayed.json == {
        "state": "active",
        "streak": 0,
        "records": {"waiting": 0, "sending": 0, "sent": 494, "held": 2, "skipped": 4, "failed": 0},
    }
    members = {contact.email: contact for contact in account.members("1")}
    assert set(members) == {gift.email for gift in rows[:494]}
    assert (members["donor3@example.org"].first_name, members["donor4@example.org"].first_name) == ("Newest", "First4")
    assert members["donor7@example.org"].phone == "2252500007"
    assert members["donor7@example.org"].last_name == "Last7"


def test_the_log_is_one_object_a_line_newest_last(console: Console, tmp_path: Path) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(3)))
    console("relay", "Spring")

    lines = console("log", "Spring", "--json").lines

    assert len(lines) == 3
    assert lines[0]["contact_payload"]["contact"]["lastName"].startswith("Last")
    assert lines[0]["list_payload"]["contactList"]["status"] == 1
    assert [step["status"] for step in lines[0]["steps"]] == [201, 201]
    assert lines[0]["steps"][1]["response"]["contactList"]["list"] == "1"
    assert {(line["outcome"], line["cause"], line["streak"]) for line in lines} == {("sent", None, 0)}
    assert console("log", "Spring", "--failed", "--json").lines == []


def test_status_and_connections_answer_as_promised(console: Console) -> None:
    console.connect("Spring", "--pages", "p1, p2", "--pace", "3")
    console.connect("Autumn", "--exclude", "p3")

    ran = console("status", "--json").json
    listed = console("connections", "--json").json

    zero = {"waiting": 0, "sending": 0, "sent": 0, "held": 0, "skipped": 0, "failed": 0}
    assert ran["connections"][1] == {"name": "Spring", "state": "active", "streak": 0, "records": zero}
    autumn, spring = listed["connections"]
    assert set(spring) == {"name", "url", "list", "pages", "exclude", "team", "pace", "state"}
    assert (spring["pages"], spring["exclude"], spring["list"]) == (["p1", "p2"], [], "1")
    assert (autumn["pages"], autumn["exclude"]) == ("all", ["p3"])
    assert spring["pace"] == autumn["pace"] == 3


def test_five_failures_make_it_inactive_and_only_reactivate_revives(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(9)))
    account.faults = Faults(refuse_everything=True)

    refused = console("relay", "Spring", "--json")

    assert refused.code == 4
    assert (refused.json["state"], refused.json["streak"], refused.json["records"]["waiting"]) == ("inactive", 5, 9)
    assert account.count("contact/sync") == 5
    assert console("relay", "Spring").code == 4
    assert console("resume", "Spring").code == 4
    assert console("import", "Spring", write_export(tmp_path / "b.csv", donation_rows(1, start=50))).code == 0
    assert console("reactivate", "Spring").code == 5
    assert account.count("contact/sync") == 5
    account.faults = Faults()
    assert console("reactivate", "Spring").code == 0
    assert console("relay", "Spring").code == 0
    assert len(account.members("1")) == 10


def test_a_paused_connection_relays_nothing_until_resumed(console: Console, account: PracticeAccount) -> None:
    console.connect()
    console("add", "Spring", "--email", "Ann@Example.org", "--first", "Ann")
    assert console("pause", "Spring").code == 0
    assert console("relay", "Spring").code == 4
    assert not account.count("contact/sync")
    assert console("resume", "Spring").code == 0
    assert console("relay", "Spring").code == 0
    assert [contact.email for contact in account.members("1")] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--url", "{url}", "--list", "4711"), 2, "List 4711 doesn't exist"),
        (("--url", "{url}", "--list", "x"), 2, "isn't a list ID"),
        (("--url", "acct", "--list", "1"), 2, "full API URL"),
        (("--url", "https://u:p@acct.api-us1.com", "--list", "1"), 2, "without a user name"),
        (("--url", "https://crm.example.org", "--list", "1"), 2, "--yes"),
        (("--url", "https://crm.example.org", "--list", "1", "--yes"), 5, "misspelled"),
        (("--url", "http://127.0.0.1:1", "--list", "1"), 5, "couldn't be reached"),
        (("--url", "{url}", "--list", "1", "--pages", "a", "--exclude", "b"), 2, "Use either --pages or --exclude"),
    ],
)
def test_connect_says_what_is_wrong_and_keeps_nothing(
    console: Console, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = console("connect", "Spring", *(part.format(url=console.server.url) for part in arguments))

    assert ran.code == code
    assert words in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert console("connections", "--json").json == {"connections": []}


@pytest.mark.parametrize("answer", [WrongAccount.HTML_200, WrongAccount.REDIRECT_302, WrongAccount.HTML_404])
def test_an_address_that_is_not_the_api_is_reported(
    console: Console, account: PracticeAccount, answer: WrongAccount
) -> None:
    account.faults = Faults(wrong_account=answer)
    ran = console.connect()
    assert ran.code == 5
    assert "Settings > Developer" in ran.err


def test_a_refused_key_is_reported_with_exit_5(console: Console) -> None:
    ran = console("connect", "S", "--url", console.server.url, "--list", "1", key="0" * 64)
    assert ran.code == 5
    assert "rejected this API key" in ran.err


def test_without_a_key_and_nobody_to_ask_the_command_says_where_it_goes(console: Console) -> None:
    ran = console("connect", "S", "--url", console.server.url, "--list", "1", key=None)
    assert ran.code == 2
    assert "AC_DESKTOP_API_KEY" in ran.err


def test_an_existing_name_is_changed_and_what_is_not_said_stays(console: Console) -> None:
    console.connect("Spring", "--pages", "p1", "--pace", "2")
    assert console("connect", "spring", "--list", "2").code == 0
    (spring,) = console("connections", "--json").json["connections"]
    assert (spring["list"], spring["pages"], spring["pace"]) == ("2", ["p1"], 2)


def test_another_scope_puts_waiting_records_where_they_belong(console: Console, tmp_path: Path) -> None:
    console.connect()
    rows = [DonationRow(number=n, email=f"d{n}@example.org", campaign="gala" if n % 2 else "online") for n in range(6)]
    console("import", "Spring", write_export(tmp_path / "a.csv", rows))
    console("connect", "Spring", "--exclude", "GALA")
    assert console("status", "--json").json["connections"][0]["records"]["skipped"] == 3
    console("connect", "Spring", "--pages", "all")
    assert console("status", "--json").json["connections"][0]["records"]["waiting"] == 6


def test_rows_out_of_scope_are_skipped_with_the_page_named(console: Console, tmp_path: Path) -> None:
    console.connect("Spring", "--pages", "gala")
    rows = [DonationRow(number=1, email="a@example.org", campaign="gala"), DonationRow(number=2, email="b@example.org")]
    taken = console("import", "Spring", write_export(tmp_path / "a.csv", rows), "--json").json
    assert (taken["waiting"], taken["skipped"]) == (1, 1)
    assert "online" in taken["problems"][0]["reason"]


def test_a_file_without_pages_asks_a_choosing_connection_for_one(console: Console, tmp_path: Path) -> None:
    console.connect("Spring", "--pages", "gala")
    plain = tmp_path / "plain.csv"
    plain.write_text("Email\na@example.org\n")
    asked = console("import", "Spring", plain)
    assert (asked.code, "--page" in asked.err) == (2, True)
    assert console("import", "Spring", plain, "--page", "gala", "--json").json["waiting"] == 1


def test_files_that_cannot_be_read_end_in_a_sentence_and_queue_nothing(console: Console, tmp_path: Path) -> None:
    console.connect()
    empty, bare, no_email = tmp_path / "empty.csv", tmp_path / "bare.csv", tmp_path / "no.csv"
    empty.write_text("")
    bare.write_text("Email,First Name\n")
    no_email.write_text("First Name,Last Name\nAnn,Lee\n")
    good = write_export(tmp_path / "good.csv", donation_rows(2))
    for bad in (empty, bare, no_email, tmp_path, tmp_path / "missing.csv"):
        ran = console("import", "Spring", good, bad)
        assert ran.code == 2, ran
        assert len(ran.err.strip().splitlines()) == 1
        assert "queued" in ran.err
    assert console("status", "--json").json["connections"][0]["records"]["waiting"] == 0


def test_several_files_answer_with_several_batches(console: Console, tmp_path: Path) -> None:
    console.connect()
    files = [write_export(tmp_path / f"{n}.csv", donation_rows(2, start=n * 10)) for n in range(2)]
    taken = console("import", "Spring", *files, "--json").json
    assert [(batch["file"], batch["rows"]) for batch in taken["batches"]] == [("0.csv", 2), ("1.csv", 2)]


def test_columns_can_be_named_by_hand(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    console.connect()
    odd = tmp_path / "odd.csv"
    odd.write_text("who,where\nAnn,ann@example.org\n")
    taken = console("import", "Spring", odd, "--map", "email=where", "--map", "first_name=who")
    assert taken.code == 0, taken
    console("relay", "Spring")
    (ann,) = account.members("1")
    assert (ann.email, ann.first_name) == ("ann@example.org", "Ann")


def test_an_unknown_connection_or_a_wrong_address_is_wrong_use(console: Console) -> None:
    assert console("relay", "Nobody").code == 2
    console.connect()
    ran = console("add", "Spring", "--email", "ann@nowhere")
    assert (ran.code, "ann@nowhere" in ran.err) == (2, True)
    assert console("connect", "Spring", "--pace", "6").code == 2


def test_the_key_is_in_no_file_no_output_and_no_argument(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    marker = account.add_key("markerkey" + "f" * 40)
    console.key = marker
    ran = [console.connect(), console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(3)))]
    account.faults = Faults(refuse_everything=True)
    ran += [console("relay", "Spring", "--json"), console("log", "Spring", "--json")]
    assert all(marker not in reported.out + reported.err for reported in ran)
    kept = [file for file in console.folder.rglob("*") if file.is_file()]
    assert kept
    assert all(marker.encode() not in file.read_bytes() for file in kept)
    if os.name == "posix":
        assert all(stat.S_IMODE(file.stat().st_mode) & 0o077 == 0 for file in kept if file.suffix != ".lock")


def test_without_a_keyring_the_given_key_is_used_and_kept_nowhere(console: Console) -> None:
    ran = console.connect()
    assert "isn't saved" in ran.err
    assert console("test", "Spring").code == 0
    assert console("test", "Spring", key=None).code == 2


def test_a_newer_database_is_refused_with_both_versions(console: Console) -> None:
    import sqlite3

    console.connect()
    sql = sqlite3.connect(console.folder / "donors.sqlite3")
    sql.execute("PRAGMA user_version = 99")
    sql.close()
    ran = console("status")
    assert ran.code == 2
    assert "99" in ran.err


def test_the_practice_command_says_its_address_first_and_ends_on_request(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ac_desktop", "practice", "--rate", "0", "--lists", "150"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as child:
        assert child.stdout is not None
        report = json.loads(child.stdout.readline())
        assert set(report) == {"url", "key", "list_id"}
        environment = os.environ | {"AC_DESKTOP_API_KEY": report["key"]}
        connected = subprocess.run(
            [sys.executable, "-m", "ac_desktop", "connect", "P", "--url", report["url"], "--list", report["list_id"],
             "--data-dir", str(tmp_path / "data")],
            env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert connected.returncode == 0, connected.stderr
        asked = Request(f"{report['url']}/api/3/lists?limit=100&offset=100", headers={"Api-Token": report["key"]})  # noqa: S310
        with urlopen(asked, timeout=60) as answer:  # noqa: S310  an account on this computer
            assert len(json.load(answer)["lists"]) == 50
        child.send_signal(signal.SIGTERM)
        # Windows has no polite way to end a program.
        assert child.wait(10) == (1 if sys.platform == "win32" else 0)


@pytest.mark.parametrize("number", ["0", "1001", "-1", "many"])
def test_the_practice_command_refuses_an_odd_number_of_lists(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["practice", f"--lists={number}"])
    assert ended.value.code == 2
    assert "from 1 to 1000" in capsys.readouterr().err


def test_a_fault_of_ours_is_one_sentence_and_a_report_without_donors(console: Console) -> None:
    import sqlite3

    console.connect()
    console("add", "Spring", "--email", "secret.person@example.org")
    sql = sqlite3.connect(console.folder / "donors.sqlite3")
    sql.execute("ALTER TABLE record RENAME COLUMN email TO secret_person_example_org")
    sql.close()
    ran = console("relay", "Spring")
    assert ran.code == 1
    (report,) = (console.folder / "faults").iterdir()
    text = report.read_text()
    assert "OperationalError" in text
    assert "secret.person" not in text
    assert console.key not in text


@pytest.mark.parametrize("words", [("relay",), ("fly",), ("import", "Spring"), ("connect", "S", "--pace", "9")])
def test_words_that_are_no_command_end_in_one_sentence(console: Console, words: tuple[str, ...]) -> None:
    ran = console(*words)
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1
