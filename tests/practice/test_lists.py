"""Lists, and the status of each contact on them."""

from typing import Any

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from tests.practice.support import Api, Clock


def test_the_key_test_names_its_user(api: Api) -> None:
    user = api.get("users/me").json()["user"]
    assert (user["id"], user["email"]) == ("1", "practice@example.org")


def test_a_newcomer_finds_three_lists(api: Api) -> None:
    body = api.get("lists").json()
    assert [(one["id"], one["name"]) for one in body["lists"]] == [
        ("1", "Donors"),
        ("2", "Volunteers"),
        ("3", "Newsletter"),
    ]
    assert body["meta"] == {"total": "3"}


def test_an_account_without_lists_is_no_error(api: Api, account: PracticeAccount) -> None:
    for number in "123":
        account.delete_list(number)
    assert api.get("lists").json() == {"lists": [], "meta": {"total": "0"}}


def test_250_lists_come_by_pages(api: Api, account: PracticeAccount) -> None:
    account.add_lists(247)
    assert len(api.get("lists").json()["lists"]) == 20
    pages = [len(api.get("lists", limit=100, offset=offset).json()["lists"]) for offset in (0, 100, 200, 300)]
    assert pages == [100, 100, 50, 0]
    assert api.get("lists", limit=1000).json()["meta"]["total"] == "250"


def test_text_message_lists_and_deleted_ones_are_listed_as_such(api: Api, account: PracticeAccount) -> None:
    account.add_list("Texts", channel="sms")
    gone = account.add_list("Old", deleted=True)
    rows = {one["name"]: one for one in api.get("lists").json()["lists"]}
    assert (rows["Texts"]["channel"], rows["Donors"]["channel"]) == ("sms", "email")
    assert rows["Old"]["deletestamp"]
    assert rows["Donors"]["deletestamp"] is None
    account.add_contacts(1)
    assert api.subscribe("1", gone.id).json()["errors"][0]["error"] == "list_not_exist"


def test_lists_can_be_found_and_ordered_by_name(api: Api) -> None:
    assert [one["id"] for one in api.call("GET", "lists?filters[name]=vol").json()["lists"]] == ["2"]
    assert [one["id"] for one in api.call("GET", "lists?orders[name]=ASC").json()["lists"]] == ["1", "3", "2"]


def test_one_list_is_read_with_its_counts(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(3, list_id="1", prefix="on")
    account.add_contacts(2, list_id="1", status=MemberStatus.BOUNCED, prefix="bounced")
    found = api.get("lists/1").json()["list"]
    assert (found["id"], found["name"], found["stringid"]) == ("1", "Donors", "donors")
    assert (found["non_deleted_subscribers"], found["active_subscribers"]) == ("5", "3")


@pytest.mark.parametrize("number", ["7", "0"])
def test_an_unknown_list_is_not_found_as_list(api: Api, number: str) -> None:
    answer = api.get(f"lists/{number}")
    assert (answer.status_code, answer.json()) == (404, {"message": f"No Result found for _List with id {number}"})


@pytest.mark.parametrize(("contact", "list_id", "status"), [("1", "1", 1), (1, 1, "1"), ("1", 1, 1)])
def test_ids_and_status_are_taken_as_text_or_number_and_answered_alike(
    api: Api, account: PracticeAccount, contact: Any, list_id: Any, status: Any
) -> None:
    account.add_contacts(1)
    answer = api.subscribe(contact, list_id, status)
    assert answer.status_code == 201
    body = answer.json()
    assert [one["id"] for one in body["contacts"]] == ["1"]
    row = body["contactList"]
    assert (row["contact"], row["list"], row["status"], row["id"]) == ("1", "1", 1, "1")
    assert (row["first_name"], row["last_name"]) == (body["contacts"][0]["firstName"], body["contacts"][0]["lastName"])


def test_a_membership_that_existed_is_200(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1")
    assert api.subscribe("1").status_code == 200
    assert len(account.memberships("1")) == 1


def test_memberships_are_reported_with_the_status_as_text(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.UNSUBSCRIBED)
    account.set_status("1", "2", MemberStatus.UNCONFIRMED)
    rows = api.get("contacts/1/contactLists").json()["contactLists"]
    assert [(row["list"], row["status"], row["contact"]) for row in rows] == [("1", "2", "1"), ("2", "0", "1")]


def test_a_sync_leaves_memberships_alone(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.UNSUBSCRIBED)
    api.sync("donor0001@example.org", firstName="Annie")
    assert [row.status for row in account.memberships("1")] == [MemberStatus.UNSUBSCRIBED]


def test_someone_can_be_taken_off_and_put_on_again(api: Api, account: PracticeAccount, clock: Clock) -> None:
    account.add_contacts(1, list_id="1")
    assert api.subscribe("1", status=2).json()["contactList"]["status"] == 2
    assert account.list_counts("1").active == 0
    clock.tick(5)
    assert api.subscribe("1", status=1).json()["contactList"]["status"] == 1
    assert [contact.id for contact in account.members("1")] == ["1"]


def test_someone_unconfirmed_becomes_active(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.UNCONFIRMED)
    assert api.subscribe("1").json()["contactList"]["status"] == 1


@pytest.mark.parametrize("body", [{}, {"contactList": {}}, {"contactList": {"list": 1, "contact": 1, "status": "x"}}])
def test_a_request_without_what_it_needs_is_bad(api: Api, body: Any) -> None:
    answer = api.post("contactLists", body)
    assert (answer.status_code, answer.json()) == (400, {})


def test_an_unknown_list_and_an_unknown_contact_are_both_named(api: Api) -> None:
    answer = api.subscribe("77", "88")
    assert answer.status_code == 422
    assert [entry["error"] for entry in answer.json()["errors"]] == ["list_not_exist", "contact_not_exist"]
    assert [entry["source"]["pointer"] for entry in answer.json()["errors"]] == [
        "/data/attributes/list",
        "/data/attributes/contact",
    ]


def test_a_contact_that_never_was_is_missing(api: Api) -> None:
    answer = api.subscribe("77")
    assert answer.status_code == 422
    assert [entry["error"] for entry in answer.json()["errors"]] == ["contact_not_exist"]


def test_a_deleted_list_loses_its_members(account: PracticeAccount) -> None:
    account.add_contacts(3, list_id="1")
    account.delete_list("1")
    assert account.list_by_id("1") is None
    assert account.memberships("1") == ()


def test_2500_contacts_of_every_status_can_be_seeded(account: PracticeAccount) -> None:
    for status in MemberStatus:
        account.add_contacts(500, list_id="1", status=status, prefix=f"s{status:d}-")
    assert len(account.contacts()) == 2500
    assert {status: len(account.members("1", status)) for status in MemberStatus} == dict.fromkeys(MemberStatus, 500)
    assert len(account.members("1", None)) == 2500
