"""A correction replaces: a report that is corrected and dropped back in takes the place of the records it came from."""

import csv
from collections.abc import Mapping
from pathlib import Path

from ac_desktop.practice.account import PracticeAccount
from tests.console.conftest import Console, account, console, practice

__all__ = ["account", "console", "practice"]

Rows = list[dict[str, str]]


def exported(console: Console, path: Path) -> Rows:
    """Write the report of failed and held donors, and read it as a spreadsheet would."""
    assert console("report", "Spring", "--failed", "--out", path).code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def saved(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def standing(console: Console) -> Mapping[str, int]:
    counts = console("status", "Spring", "--json").json["connections"][0]["records"]
    return {name: counts[name] for name in ("waiting", "held", "skipped", "sent", "failed")}


def queue_two_without_address(console: Console, folder: Path) -> None:
    console.connect()
    source = folder / "gifts.csv"
    source.write_text("Email,First Name,Last Name\nann@,Ann,Dot\nbea@,Bea,Dash\n", encoding="utf-8")
    assert console("import", "Spring", source, "--json").json["held"] == 2


def email_columns(rows: Rows) -> list[str]:
    return [name for name in rows[0] if "mail" in name.casefold()]


def test_a_corrected_row_replaces_its_record_and_an_uncorrected_one_changes_nothing(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    queue_two_without_address(console, tmp_path)
    rows = exported(console, tmp_path / "report.csv")
    assert len(rows) == 2
    rows[0]["Email"] = "ann@example.org"
    ran = console("import", "Spring", saved(tmp_path / "report.csv", rows), "--json").json
    assert (ran["rows"], ran["waiting"], ran["held"], ran["skipped"]) == (1, 1, 0, 0)
    assert standing(console) == {"waiting": 1, "held": 1, "skipped": 1, "sent": 0, "failed": 0}
    console("relay", "Spring")
    assert [contact.email for contact in account.members(console.server.list_id)] == ["ann@example.org"]


def test_there_is_one_set_of_columns_to_correct(console: Console, tmp_path: Path) -> None:
    queue_two_without_address(console, tmp_path)
    rows = exported(console, tmp_path / "report.csv")
    assert email_columns(rows) == ["Email"]


def test_a_report_that_nobody_corrected_changes_nothing(console: Console, tmp_path: Path) -> None:
    queue_two_without_address(console, tmp_path)
    before = standing(console)
    exported(console, tmp_path / "report.csv")
    console("import", "Spring", tmp_path / "report.csv")
    assert standing(console) == before


def test_a_typed_donor_is_not_queued_twice_without_being_asked_about(console: Console) -> None:
    console.connect()
    assert console("add", "Spring", "--email", "ann@example.org").code == 0
    second = console("add", "Spring", "--email", "Ann@Example.org", "--first", "Ann")
    assert standing(console)["waiting"] == 1
    assert second.code == 2
    assert "ann@example.org" in second.err
    assert console("add", "Spring", "--email", "ann@example.org", "--again").code == 0
    assert standing(console)["waiting"] == 2
