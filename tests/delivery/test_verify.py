"""verify: every donor said to be sent held against the account, by reading alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults, Outage, first, on
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.server import PracticeServer
from ac_desktop.relay.reconciliation import Presence
from ac_desktop.relay.request_runner import AccountReadError
from ac_desktop.relay.verification import NotThere, Verified
from tests.anedot import donation_rows, write_export
from tests.console.conftest import Console
from tests.delivery.support import CONTACTS_PATH, MEMBERSHIPS_PATH, DeliveryHarness
from tests.harness import donors


def _verify(harness: DeliveryHarness, connection: Connection) -> Verified:
    return harness.services.verification.verify(
        connection, harness.server.key, harness.services.record_reader.sent_names(connection.id)
    )


def _wander_off(harness: DeliveryHarness) -> None:
    """Make one donor leave the list, one bounce, one be deleted, one be taken off and one get another address."""
    harness.stand("donor1@example.org", MemberStatus.UNSUBSCRIBED)
    harness.stand("donor2@example.org", MemberStatus.BOUNCED)
    for email in ("donor3@example.org", "donor4@example.org"):
        contact = harness.account.contact(email)
        assert contact is not None
        if email.startswith("donor3"):
            harness.account.delete_contact(contact.id)
        else:
            harness.account.change(contact.id, {"email": "renamed@example.org"})


GONE = (
    NotThere("donor1@example.org", Presence.LEFT),
    NotThere("donor2@example.org", Presence.LEFT),
    NotThere("donor3@example.org", Presence.MISSING),
    NotThere("donor4@example.org", Presence.MISSING),
)


@pytest.mark.parametrize("in_bulk", [True, False])
@pytest.mark.parametrize("fault", [Faults(), Faults(lists_not_included=True)])
def test_it_finds_whoever_is_not_there_and_changes_nothing(
    harness: DeliveryHarness,
    in_bulk: bool,  # noqa: FBT001
    fault: Faults,
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(40))
    assert (harness.relay_in_bulk if in_bulk else harness.relay)(connection).sent == 40
    _wander_off(harness)
    before = harness.account.count(), harness.account.count(method="GET")
    kept = harness.services.database.rows("SELECT * FROM record ORDER BY id")
    harness.account.faults = fault

    verified = _verify(harness, connection)

    assert verified == Verified(sent=40, there=36, donors=GONE)
    assert (verified.count(Presence.LEFT), verified.count(Presence.MISSING)) == (2, 2)
    after = harness.account.count(), harness.account.count(method="GET")
    assert after[0] - before[0] == after[1] - before[1]
    assert harness.services.database.rows("SELECT * FROM record ORDER BY id") == kept


def test_it_costs_a_page_a_hundred_and_asks_about_few_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(450))
    harness.relay_in_bulk(connection)
    asked = harness.account.count(CONTACTS_PATH), harness.account.count(MEMBERSHIPS_PATH)

    assert _verify(harness, connection) == Verified(sent=450, there=450)

    assert (harness.account.count(CONTACTS_PATH), harness.account.count(MEMBERSHIPS_PATH)) == (asked[0] + 5, asked[1])


def test_it_stops_when_it_is_asked_to_and_says_how_far_it_came(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(250))
    harness.relay_in_bulk(connection)
    reported: list[tuple[int, int]] = []

    verified = harness.services.verification.verify(
        connection,
        harness.server.key,
        harness.services.record_reader.sent_names(connection.id),
        on_progress=lambda settled, sent: reported.append((settled, sent)),
        stopping=lambda: len(reported) >= 100,
    )

    assert (verified.is_whole, verified.sent, verified.there, verified.donors) == (False, 250, 100, ())
    assert reported == [(number, 250) for number in range(1, 101)]


def test_an_account_that_refuses_is_reported_and_passing_trouble_waited_for(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(5))
    harness.relay(connection)
    harness.account.set_schedule([(first(2, CONTACTS_PATH), Faults(outage=Outage.ERROR_500))])
    assert _verify(harness, connection).there == 5
    harness.account.set_schedule([(on(CONTACTS_PATH), Faults(refuse_everything=True))])
    with pytest.raises(AccountReadError, match="rejected this API key"):
        _verify(harness, connection)
    assert harness.now_is(connection).circuit.streak == 0


def test_many_who_are_not_on_a_list_read_to_its_end_are_missing(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(300))
    harness.relay(connection)
    for contact in harness.account.contacts()[:260]:
        harness.account.delete_contact(contact.id)

    verified = _verify(harness, connection)

    assert (verified.there, verified.count(Presence.MISSING)) == (40, 260)
    assert harness.account.count(CONTACTS_PATH) == 2


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount()


@pytest.fixture
def console(tmp_path: Path, account: PracticeAccount) -> Iterator[Console]:
    with PracticeServer(account, rate=0) as server:
        yield Console(tmp_path / "data", server)


def test_the_command_answers_scripts_and_people(console: Console, account: PracticeAccount, tmp_path: Path) -> None:
    console.connect()
    nobody = console("verify", "Spring", "--json")
    assert (nobody.code, nobody.json) == (0, {"sent": 0, "there": 0, "left": 0, "missing": 0, "donors": []})
    console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(5)))
    console("relay", "Spring")
    assert console("verify", "Spring").code == 0
    contact, gone = account.contact("donor1@example.org"), account.contact("donor3@example.org")
    assert contact is not None
    assert gone is not None
    account.set_status(contact.id, "1", MemberStatus.UNSUBSCRIBED)
    account.delete_contact(gone.id)

    ran = console("verify", "Spring", "--json")

    assert ran.code == 3
    assert ran.json == {
        "sent": 5,
        "there": 3,
        "left": 1,
        "missing": 1,
        "donors": [
            {"email": "donor1@example.org", "state": "left"},
            {"email": "donor3@example.org", "state": "missing"},
        ],
    }
    plain = console("verify", "Spring")
    assert plain.code == 3
    assert "donor3@example.org  not found on the list" in plain.out
    assert "On the list: 3 of 5 sent donors. Left or not active: 1. Not found: 1. Nothing was changed." in plain.out
    assert json.loads(console("status", "Spring", "--json").out)["connections"][0]["records"]["sent"] == 5
    account.faults = Faults(refuse_everything=True)
    assert console("verify", "Spring", "--json").code == 5
