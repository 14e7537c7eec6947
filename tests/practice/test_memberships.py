"""The status of a contact on the lists: other statuses, many lists, merged contacts, and answers that differ."""

import json

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.consent_faults import (
    MembershipPages,
    MembershipRows,
    MergedContact,
    OtherStatus,
    SyncContact,
)
from ac_desktop.practice.faults import Faults
from ac_desktop.practice.records import MemberStatus
from tests.practice.support import Api

PATH = "contacts/1/contactLists"


@pytest.fixture
def many(account: PracticeAccount) -> PracticeAccount:
    """Make a contact that is on 150 lists."""
    account.add_lists(147)
    account.add_contacts(1)
    for one in account.lists():
        account.set_status("1", one.id, MemberStatus.ACTIVE)
    return account


def lists(api: Api, **query: int) -> list[str]:
    return [row["list"] for row in api.get(PATH, **query).json()["contactLists"]]


@pytest.mark.parametrize("status", [91, 7])
def test_another_status_is_kept_shown_and_no_membership_of_the_active(
    api: Api, account: PracticeAccount, status: int
) -> None:
    account.add_contacts(1, list_id="1", status=status)

    (row,) = api.get(PATH).json()["contactLists"]

    assert row["status"] == str(status)
    assert account.list_counts("1").active == 0
    assert account.list_counts("1").members == (status != MemberStatus.REMOVED)


@pytest.mark.parametrize(("how", "then"), [(OtherStatus.BECOMES_ACTIVE, 1), (OtherStatus.STAYS, 91)])
def test_someone_removed_is_subscribed_again_or_stays_removed(
    api: Api, account: PracticeAccount, how: OtherStatus, then: int
) -> None:
    account.add_contacts(1, list_id="1", status=91)
    account.faults = Faults(other_status=how)

    assert api.subscribe("1").json()["contactList"]["status"] == then


def test_150_memberships_come_by_pages(api: Api, many: PracticeAccount) -> None:
    assert [len(lists(api, limit=100, offset=offset)) for offset in (0, 100, 200)] == [100, 50, 0]
    assert lists(api, limit=100, offset=100)[-1] == "150"
    assert len(lists(api)) == 20
    assert "meta" not in api.get(PATH).json()
    assert many.count("contacts/{id}/contactLists") == 6


@pytest.mark.parametrize(
    ("how", "first", "second", "total"),
    [
        (MembershipPages.WITH_TOTAL, 100, 50, "150"),
        (MembershipPages.WRONG_TOTAL, 100, 50, "1"),
        (MembershipPages.ALWAYS_20, 20, 20, None),
        (MembershipPages.UNPAGED, 150, 150, None),
        (MembershipPages.REPEATED, 100, 100, "150"),
        (MembershipPages.ENDLESS, 100, 100, None),
    ],
)
def test_pages_can_be_set_otherwise(
    api: Api, many: PracticeAccount, how: MembershipPages, first: int, second: int, total: str | None
) -> None:
    many.faults = Faults(membership_pages=how)

    assert [len(lists(api, limit=100, offset=offset)) for offset in (0, 100)] == [first, second]
    assert api.get(PATH).json().get("meta", {}).get("total") == total


def test_pages_without_end_never_repeat_a_row(api: Api, many: PracticeAccount) -> None:
    many.faults = Faults(membership_pages=MembershipPages.ENDLESS)

    rows = [api.get(PATH, limit=100, offset=offset).json()["contactLists"] for offset in (0, 100, 4_900)]

    assert len({row["id"] for page in rows for row in page}) == 300


@pytest.mark.parametrize(
    ("how", "name", "written"),
    [
        (MembershipRows.LIST_AS_FLOAT, "list", 1.0),
        (MembershipRows.LIST_AS_DECIMAL, "list", "1.0"),
        (MembershipRows.LIST_PADDED, "list", "01"),
        (MembershipRows.LIST_SPACED, "list", " 1"),
        (MembershipRows.LIST_AS_OBJECT, "list", {"id": "1"}),
        (MembershipRows.LIST_AS_WORD, "list", "donors"),
        (MembershipRows.LIST_NULL, "list", None),
        (MembershipRows.CONTACT_NULL, "contact", None),
        (MembershipRows.CONTACT_OTHER, "contact", "91"),
        (MembershipRows.STATUS_AS_WORD, "status", "unsubscribed"),
        (MembershipRows.STATUS_NULL, "status", None),
    ],
)
def test_rows_can_be_written_otherwise(
    api: Api, account: PracticeAccount, how: MembershipRows, name: str, written: object
) -> None:
    account.add_contacts(1, list_id="1")
    account.faults = Faults(membership_rows=how)

    (row,) = api.get(PATH).json()["contactLists"]

    assert json.dumps(row[name]) == json.dumps(written)


def test_a_row_can_come_without_its_list(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1")
    account.faults = Faults(membership_rows=MembershipRows.LIST_MISSING)

    (row,) = api.get(PATH).json()["contactLists"]

    assert "list" not in row


def test_a_merged_contact_is_gone_and_its_memberships_go_over(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(3)
    account.set_status("1", "1", MemberStatus.UNSUBSCRIBED)
    account.set_status("1", "2", MemberStatus.UNSUBSCRIBED)
    account.set_status("2", "2", MemberStatus.ACTIVE)

    account.merge("1", into="2")
    account.merge("2", into="3")

    assert api.get(PATH).status_code == 404
    assert [(row.list_id, row.status) for row in account.memberships("3")] == [("2", 1), ("1", 2)]
    survivor = account.survivor_of("1")
    assert survivor is not None
    assert survivor.id == "3"
    assert account.survivor_of("3") is None
    account.faults = Faults(merged_contact=MergedContact.SURVIVORS_ROWS)
    assert {row["contact"] for row in api.get(PATH).json()["contactLists"]} == {"3"}


def test_ids_are_numbers_where_switched_so(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(integer_ids=True)

    assert api.sync("annie@example.org", phone="2252501301").json()["contact"]["id"] == 1
    joined = api.subscribe(1).json()["contactList"]
    assert (joined["contact"], joined["list"], joined["status"]) == (1, 1, 1)
    (row,) = api.get(PATH).json()["contactLists"]
    assert (row["contact"], row["list"], row["id"], row["status"]) == (1, 1, 1, "1")
    (contact,) = api.get("contacts").json()["contacts"]
    assert (contact["id"], contact["phone"]) == (1, "2252501301")


@pytest.mark.parametrize(
    ("how", "number", "email"),
    [
        (SyncContact.WITHOUT_EMAIL, "2", None),
        (SyncContact.OTHERS_ID, "1", None),
        (SyncContact.OTHERS_CONTACT, "1", "donor0001@example.org"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_saved_contact_can_be_named_otherwise(
    api: Api, account: PracticeAccount, how: SyncContact, number: str, email: str | None, times: int
) -> None:
    account.add_contacts(1)
    account.faults = Faults(sync_contact=how)

    for _ in range(times):
        answer = api.sync("annie@example.org")

    assert answer.status_code == (201 if times == 1 else 200)
    assert (answer.json()["contact"]["id"], answer.json()["contact"].get("email")) == (number, email)
