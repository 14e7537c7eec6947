"""The console's import and push: every kind of file, what is already there, and records that go again."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults
from tests.anedot import DonationRow, donation_rows, write_export
from tests.console.conftest import Console
from tests.importing.books import write_xlsx


def test_the_same_file_twice_queues_only_what_is_new(console: Console, tmp_path: Path) -> None:
    console.connect()
    first = console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(340)), "--json")
    second = console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(340)), "--json")
    third = console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(368)))
    again = console("import", "Spring", tmp_path / "a.csv", "--again", "--json")
    assert (first.json["waiting"], second.json["waiting"], again.json["waiting"]) == (340, 0, 368)
    assert second.json["rows"] == second.json["skipped"] == len(second.json["problems"]) == 340
    assert set(second.json) == {"batch", "file", "rows", "waiting", "held", "skipped", "unread_columns", "problems"}
    assert "Already in the queue since" in second.json["problems"][0]["reason"]
    assert "28 waiting" in third.out
    assert (first.code, second.code, third.code) == (0, 0, 0)


def test_how_a_file_is_read_can_be_said(console: Console, tmp_path: Path) -> None:
    console.connect("Chosen", "--pages", "spring")
    path = tmp_path / "odd.txt"
    path.write_bytes("Report|x\nReach them|Who\nann@example.org|Nuñez\n".encode("cp1252"))
    ran = console(
        "import", "Chosen", path, "--header-row", "2", "--encoding", "windows-1252", "--delimiter", "bar",
        "--map", "email=Reach them", "--map", "last_name=Who", "--page", "spring", "--dates", "day-first", "--json",
    )  # fmt: skip
    assert ran.json["waiting"] == 1
    assert console("import", "Chosen", path, "--header-row", "x").code == 2
    assert "single character" in console("import", "Chosen", path, "--delimiter", "two").err
    wrong = console("import", "Chosen", path, "--encoding", "utf-8", "--page", "spring")
    assert wrong.code == 2
    assert "isn't encoded as utf-8" in wrong.err


def test_sheets_zips_and_webhook_bodies(console: Console, tmp_path: Path) -> None:
    console.connect()
    book = tmp_path / "book.xlsx"
    write_xlsx(book, {"Notes": [["hello"]], "Donors": [["Email", "First Name"], ["ann@example.org", "Ann"]]})
    body = {"event": "donation_completed", "email": "bea@example.org", "first_name": "Bea", "donation": {"id": "d1"}}
    opener = tmp_path / "hook.json"
    opener.write_text(json.dumps(body), encoding="utf-8")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("more.csv", "Email\ncy@example.org\n")
        archive.writestr("readme.md", "nothing")
    ran = console("import", "Spring", book, opener, packed, "--sheet", "Donors", "--json")
    assert ran.code == 0, ran.err
    assert [batch["waiting"] for batch in ran.json["batches"]] == [1, 1, 1]
    assert ran.json["batches"][2]["file"] == "packed.zip/more.csv"


def test_push_lets_records_wait_again(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    console.connect()
    console(
        "import", "Spring", write_export(tmp_path / "a.csv", [*donation_rows(2), DonationRow(number=7, email="bad@")])
    )
    account.faults = Faults(refuse_everything=False)
    console("relay", "Spring")
    held = console("push", "Spring", "--held", "--json")
    assert held.json == {"pushed": 0, "left_alone": 1}
    assert held.code == 3
    assert (
        "Still held because consent, a valid email address or an action page is missing: 1"
        in console("push", "Spring", "--held").out
    )
    today = datetime.now(UTC).astimezone().date()
    tomorrow = today + timedelta(days=2)
    assert console("push", "Spring", "--all", "--from", tomorrow.isoformat(), "--json").json["pushed"] == 0
    assert console("push", "Spring", "--failed", "--json").json["pushed"] == 0
    pushed = console("push", "Spring", "--all", "--to", today.isoformat(), "--batch", "1", "--json")
    assert pushed.json == {"pushed": 2, "left_alone": 1}
    before = account.count("contact/sync")
    console("relay", "Spring")
    assert account.count("contact/sync") == before + 2
    assert console("push", "Spring").code == 2
    assert "must be a date like 2026-11-03" in console("push", "Spring", "--all", "--from", "3/11").err
