"""What a script can say about donors' data: how long it is kept, and who is erased."""

from pathlib import Path

from tests.console.conftest import Console


def test_one_person_is_erased_with_a_receipt_and_only_when_it_was_said(console: Console, tmp_path: Path) -> None:
    console.connect()
    for email in ("ann@example.org", "bob@example.org"):
        console("add", "Spring", "--email", email)

    asked = console("erase", "Ann@Example.org")
    assert asked.code == 2
    assert "1 in the queue" in asked.err
    assert "--yes" in asked.err
    done = console("erase", "Ann@Example.org", "--yes", "--out", tmp_path / "receipt.txt")

    assert done.code == 0, done.err
    assert "Email: ann@example.org" in done.out
    assert (tmp_path / "receipt.txt").read_text(encoding="utf-8") == done.out
    assert b"ann@example.org" not in b"".join(f.read_bytes() for f in console.folder.rglob("*") if f.is_file())
    (status,) = console("status", "--json").json["connections"]
    assert (status["records"]["waiting"], status["records"]["skipped"]) == (1, 1)


def test_a_receipt_that_cannot_be_written_is_reported_and_still_shown(console: Console, tmp_path: Path) -> None:
    done = console("erase", "ann@example.org", "--yes", "--out", tmp_path / "nowhere" / "receipt.txt")
    assert done.code == 0
    assert "Couldn't save the erasure record" in done.err
    assert "ann@example.org" in done.out


def test_an_address_that_is_none_erases_nothing(console: Console) -> None:
    assert console("erase", "ann", "--yes").code == 2


def test_the_days_are_reported_set_and_acted_on(console: Console) -> None:
    assert console("retention", "--json").json == {"days": 90, "forgotten": 0, "attempts_emptied": 0}
    assert "30 days" in console("retention", "--days", 30).out
    assert "indefinitely" in console("retention", "--for-ever", "--compact").out
    assert console("retention", "--json").json["days"] is None
    assert console("retention", "--days", 0).code == 2
    assert "Personal data deleted just now. Donors: 0." in console("retention", "--days", 1, "--now").out
