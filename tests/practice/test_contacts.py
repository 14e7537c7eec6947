"""Contacts: matched by address, kept by key, answered long or short."""

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from tests.practice.support import Api, Clock


def test_a_new_contact_is_created_with_201_and_the_short_body(api: Api) -> None:
    answer = api.sync("annie@example.org", phone="2252501301", firstName="Annie", lastName="Dot")
    assert answer.status_code == 201
    body = answer.json()
    assert body["fieldValues"] == []
    contact = body["contact"]
    assert (contact["id"], contact["email"], contact["phone"]) == ("1", "annie@example.org", "2252501301")
    assert (contact["firstName"], contact["lastName"], contact["email_empty"]) == ("Annie", "Dot", False)
    assert contact["cdate"] == contact["udate"]
    assert "segmentio_id" not in contact


def test_a_known_contact_is_updated_with_200_and_the_long_body(api: Api, clock: Clock) -> None:
    api.sync("annie@example.org", firstName="Annie")
    clock.tick(60)
    answer = api.sync("annie@example.org", firstName="Anne")
    assert answer.status_code == 200
    assert list(answer.json()) == ["contact"]
    contact = answer.json()["contact"]
    assert (contact["id"], contact["firstName"], contact["segmentio_id"]) == ("1", "Anne", "")
    assert contact["cdate"] != contact["udate"]


def test_addresses_match_without_case_and_are_kept_as_sent(api: Api, account: PracticeAccount) -> None:
    api.sync("Annie@Example.org")
    assert api.sync("annie@example.ORG").status_code == 200
    assert [contact.email for contact in account.contacts()] == ["Annie@Example.org"]


def test_what_is_not_sent_is_kept_and_an_empty_text_erases(api: Api, account: PracticeAccount) -> None:
    api.sync("annie@example.org", phone="(225) 250-1301", firstName="Annie", lastName="Dot")
    api.sync("annie@example.org", phone="", lastName="Dot-Ember")
    kept = account.contact("annie@example.org")
    assert kept is not None
    assert (kept.phone, kept.first_name, kept.last_name) == ("", "Annie", "Dot-Ember")


def test_names_and_phones_are_kept_verbatim(api: Api, account: PracticeAccount) -> None:
    api.sync("zoe@example.org", phone=" +44 (0)20 7946-0018 ", firstName="Zoë <b>", lastName="O'Néill")
    kept = account.contact("zoe@example.org")
    assert kept is not None
    assert (kept.phone, kept.first_name, kept.last_name) == (" +44 (0)20 7946-0018 ", "Zoë <b>", "O'Néill")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "annie",
        "annie@",
        "@example.org",
        "a b@example.org",
        "invalid'character@example.com",
        "a@nodot",
        "a..b@c.org",
    ],
)
def test_a_bad_address_is_refused_and_nothing_is_kept(api: Api, account: PracticeAccount, email: str) -> None:
    answer = api.sync(email)
    assert answer.status_code == 422
    assert answer.json()["errors"][0] == {
        "title": "Contact Email Address is not valid.",
        "detail": "",
        "code": "email_invalid",
        "error": "must_be_valid_email_address",
        "source": {"pointer": "/data/attributes/email"},
    }
    assert account.contacts() == ()


@pytest.mark.parametrize("email", ["a+tag@example.org", "o_neil-x@sub.example.co.uk", "A.B@xn--bcher-kva.example"])
def test_ordinary_addresses_are_taken(api: Api, email: str) -> None:
    assert api.sync(email).status_code == 201


def test_a_plain_create_refuses_a_known_address(api: Api) -> None:
    body = {"contact": {"email": "annie@example.org", "firstName": "Annie"}}
    created = api.post("contacts", body)
    assert (created.status_code, created.json()["contact"]["id"]) == (201, "1")
    again = api.post("contacts", body)
    assert again.status_code == 422
    assert again.json()["errors"][0]["code"] == "duplicate"


def test_contacts_sync_in_the_plural_is_a_plain_create(api: Api) -> None:
    body = {"contact": {"email": "annie@example.org"}}
    assert api.post("contacts/sync", body).status_code == 201
    assert api.post("contacts/sync", body).json()["errors"][0]["code"] == "duplicate"


def test_an_update_by_id_is_partial(api: Api, account: PracticeAccount) -> None:
    account.add_contact("annie@example.org", phone="1", first_name="Annie")
    answer = api.call("PUT", "contacts/1", json={"contact": {"firstName": "Anne", "email": "anne@example.org"}})
    assert (answer.status_code, answer.json()["contact"]["phone"]) == (200, "1")
    assert account.contact("annie@example.org") is None
    moved = account.contact("anne@example.org")
    assert moved is not None
    assert (moved.id, moved.first_name) == ("1", "Anne")


def test_an_update_cannot_take_the_address_of_another(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(2)
    answer = api.call("PUT", "contacts/1", json={"contact": {"email": "DONOR0002@example.org"}})
    assert answer.status_code == 422
    same = api.call("PUT", "contacts/1", json={"contact": {"email": "DONOR0001@example.org"}})
    assert same.status_code == 200


def test_a_contact_read_by_id_embeds_its_lists(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1")
    body = api.get("contacts/1").json()
    assert {"contactLists", "deals", "fieldValues", "geoIps", "accountContacts", "contactAutomations"} < set(body)
    assert body["contactLists"][0]["list"] == "1"
    assert body["contact"]["contactLists"] == ["1"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "contacts/9"), ("PUT", "contacts/9"), ("GET", "contacts/9/contactLists")]
)
def test_an_unknown_contact_is_not_found_as_a_subscriber(api: Api, method: str, path: str) -> None:
    answer = api.call(method, path, json={"contact": {}})
    assert (answer.status_code, answer.json()) == (404, {"message": "No Result found for Subscriber with id 9"})


def test_a_deleted_contact_is_gone(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1")
    assert api.call("DELETE", "contacts/1").json() == {}
    assert api.get("contacts/1").status_code == 404
    assert account.list_counts("1").members == 0
    assert api.sync("donor0001@example.org").json()["contact"]["id"] == "2"


def test_a_query_by_address_finds_one_or_none(api: Api, account: PracticeAccount) -> None:
    account.add_contact("donor+tag@example.com")
    account.add_contacts(30)
    found = api.get("contacts", email="DONOR+TAG@example.com").json()
    assert [contact["email"] for contact in found["contacts"]] == ["donor+tag@example.com"]
    assert found["meta"]["total"] == "1"
    assert found["scoreValues"] == []
    nobody = api.get("contacts", email="nobody@example.com")
    assert (nobody.status_code, nobody.json()["contacts"], nobody.json()["meta"]["total"]) == (200, [], "0")


def test_an_unknown_filter_is_ignored_and_gives_everybody(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(3)
    assert api.get("contacts", e_mail="donor0001@example.org").json()["meta"]["total"] == "3"


def test_pages_hold_20_by_default_and_100_at_most(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(250)
    assert len(api.get("contacts").json()["contacts"]) == 20
    page = api.get("contacts", limit=500, offset=200).json()
    assert [contact["id"] for contact in page["contacts"]] == [str(number) for number in range(201, 251)]
    assert page["meta"]["total"] == "250"
    assert (page["meta"]["page_input"]["limit"], page["meta"]["page_input"]["offset"]) == (100, 200)
    assert len(api.get("contacts", limit="many").json()["contacts"]) == 20


def test_contacts_can_be_walked_by_id(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(5)
    body = api.call("GET", "contacts?orders[id]=DESC&id_greater=2&id_less=5").json()
    assert [contact["id"] for contact in body["contacts"]] == ["4", "3"]


def test_contacts_can_be_asked_for_by_list_and_status(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(2, list_id="1", status=MemberStatus.UNSUBSCRIBED, prefix="left")
    account.add_contacts(3, list_id="1", prefix="on")
    account.add_contacts(4)
    assert api.get("contacts", listid="1").json()["meta"]["total"] == "5"
    assert api.get("contacts", listid="1", status="2").json()["meta"]["total"] == "2"
    assert api.get("contacts", status="-1").json()["meta"]["total"] == "9"


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "", '{"contact":[]}', '{"contact":null}', "{}"])
def test_a_body_without_a_contact_is_a_bad_request(api: Api, body: str) -> None:
    answer = api.call("POST", "contact/sync", data=body)
    assert (answer.status_code, answer.json()) == (400, {})


def test_numbers_are_taken_as_text_and_null_as_not_sent(api: Api, account: PracticeAccount) -> None:
    account.add_contact("annie@example.org", first_name="Annie")
    api.sync("annie@example.org", phone=2252501301, firstName=None)
    kept = account.contact("annie@example.org")
    assert kept is not None
    assert (kept.phone, kept.first_name) == ("2252501301", "Annie")
