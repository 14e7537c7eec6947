"""decide, compare, relay --bulk and connect --keep-existing on the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.server import PracticeServer
from tests.anedot import donation_rows, write_export
from tests.console.conftest import Console


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount()


@pytest.fixture
def console(tmp_path: Path, account: PracticeAccount) -> Iterator[Console]:
    with PracticeServer(account, rate=0) as server:
        yield Console(tmp_path / "data", server)


def _hold(console: Console, account: PracticeAccount, tmp_path: Path, count: int) -> None:
    for gift in donation_rows(count):
        contact = account.add_contact(gift.email)
        account.set_status(contact.id, "1", MemberStatus.UNSUBSCRIBED)
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(count)))
    assert console("relay", "Spring").code == 3


def test_held_records_are_decided_about(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    _hold(console, account, tmp_path, 5)

    unexplained = console("decide", "Spring", "--all", "resubscribe")
    assert (unexplained.code, "--reason" in unexplained.err) == (2, True)
    assert console("decide", "Spring", "resubscribe", "--email", "nobody@example.org", "--reason", "x").code == 2
    assert console("decide", "Spring", "--email", "DONOR0@example.org", "--reason", "Wrote us", "resubscribe").code == 3
    assert console("decide", "Spring", "--email", "donor1@example.org", "donor2@example.org", "skip").code == 3
    ran = console("decide", "Spring", "--email", "donor3@example.org", "keep", "--json")
    assert ran.json == {"decision": "keep", "decided": 1, "left_alone": 0}
    assert console("decide", "Spring", "--all", "skip").code == 0

    relayed = console("relay", "Spring", "--json").json["records"]
    assert (relayed["sent"], relayed["skipped"], relayed["held"]) == (1, 4, 0)
    assert [contact.email for contact in account.members("1")] == ["donor0@example.org"]


@pytest.mark.parametrize(
    "arguments", [("--all",), ("skip",), ("--all", "forget"), ("--all", "--email", "a@b.c", "skip")]
)
def test_a_decision_half_said_is_wrong_use(console: Console, arguments: tuple[str, ...]) -> None:
    console.connect()
    assert console("decide", "Spring", *arguments).code == 2


def test_bulk_is_chosen_by_an_option_and_its_log_keeps_the_contract(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(31)))

    relayed = console("relay", "Spring", "--bulk", "--json")

    assert relayed.code == 0
    assert relayed.json["records"]["sent"] == 31
    alone, together, page = console("log", "Spring", "--json").lines
    assert (alone["donors"], alone["bulk_payload"]) == (1, None)
    assert (together["donors"], together["contact_payload"], together["list_payload"]) == (30, {}, None)
    assert together["bulk_payload"]["contacts"][0]["email"] == "donor1@example.org"
    assert [step["step"] for step in together["steps"]][:2] == ["bulk", "result"]
    assert (together["outcome"], together["cause"], together["streak"]) == ("taken", None, 0)
    assert (page["outcome"], page["donors"]) == ("sent", 30)
    assert page["reason"] == "Sent in bulk and found on the list afterwards."
    assert "and 29 others" in console("log", "Spring").out
    assert len(account.members("1")) == 31


def test_values_are_kept_and_bulk_is_refused_for_it(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    account.add_contact("donor0@example.org", phone="1", first_name="Mine")
    console.connect("Spring", "--keep-existing", "phone,first_name")
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(2)))

    refused = console("relay", "Spring", "--bulk")
    assert (refused.code, "one by one" in refused.err) == (2, True)
    assert console("relay", "Spring").code == 0

    contact = account.contact("donor0@example.org")
    assert contact is not None
    assert (contact.phone, contact.first_name, contact.last_name) == ("1", "Mine", "Last0")
    assert console("connect", "Spring", "--keep-existing", "none").code == 0
    assert console("connect", "Spring", "--keep-existing", "shoe_size").code == 2


def test_comparing_shows_and_changes_nothing(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    account.add_contact("donor0@example.org", first_name="D.", last_name="Last0", phone="2252500000")
    console.connect()
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(2)))

    ran = console("compare", "Spring", "--json")

    assert ran.code == 0
    assert {name: ran.json[name] for name in ("new", "changes", "same", "unsubscribed")} == {
        "new": 1, "changes": 1, "same": 0, "unsubscribed": 0,
    }  # fmt: skip
    assert ran.json["records"][0]["changes"] == [{"field": "first_name", "before": "D.", "after": "First0"}]
    plain = console("compare", "Spring").out
    assert "“D.” → “First0”" in plain
    assert "1 new, 1 with changes" in plain
    assert account.count("contact/sync") == 0
