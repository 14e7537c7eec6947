"""The two payloads byte for byte as the integration page has them, and never a `""` in one (rule 9)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import RESUBSCRIBED_ON_PURPOSE, ContactField, ContactPayload, ListPayload, wire

VALUES = st.text(max_size=12) | st.sampled_from(["", " ", "\t\n", "\u00a0", "Annie", "Núñez", "“Dot”", "\u2028"])


def test_the_contact_payload_is_the_pages_own() -> None:
    donor = Donor(email="annie@example.org", phone="2252501301", first_name="Annie", last_name="Dot", page="spring")

    assert wire(ContactPayload.of(donor).body()) == (
        b'{"contact":{"email":"annie@example.org","phone":"2252501301","lastName":"Dot","firstName":"Annie"}}'
    )


def test_the_list_payload_is_the_pages_own() -> None:
    assert wire(ListPayload("1", "25").body()) == b'{"contactList":{"list":"1","status":1,"contact":"25"}}'


def test_an_intended_resubscription_is_marked() -> None:
    payload = ListPayload("1", "25", RESUBSCRIBED_ON_PURPOSE)

    assert wire(payload.body()) == b'{"contactList":{"list":"1","status":1,"contact":"25","sourceid":4}}'


def test_names_go_in_utf8_as_they_are() -> None:
    payload = ContactPayload("nunez@example.org", last_name="Núñez", first_name='"Ann"')

    assert wire(payload.body()) == (
        '{"contact":{"email":"nunez@example.org","lastName":"Núñez","firstName":"\\"Ann\\""}}'.encode()
    )


@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\u00a0", "\u3000"])
def test_a_blank_value_is_left_out(blank: str) -> None:
    donor = Donor(email="annie@example.org", phone=blank, first_name=blank, last_name=blank)

    assert wire(ContactPayload.of(donor).body()) == b'{"contact":{"email":"annie@example.org"}}'


@given(email=VALUES, phone=VALUES, first=VALUES, last=VALUES)
def test_no_payload_ever_holds_a_blank_or_a_field_of_another_kind(
    email: str, phone: str, first: str, last: str
) -> None:
    donor = Donor(email=email, phone=phone, first_name=first, last_name=last, page="p", team="t", source="s")

    sent = json.loads(wire(ContactPayload.of(donor).body()))

    given_values = {"email": email, "phone": phone, "lastName": last, "firstName": first}
    assert sent == {"contact": {name: value.strip() for name, value in given_values.items() if value.strip()}}
    assert all(sent["contact"].values())
    order = [name for name in ("email", "phone", "lastName", "firstName") if name in sent["contact"]]
    assert list(sent["contact"]) == order


@given(st.frozensets(st.sampled_from(ContactField)))
def test_what_the_account_is_to_keep_is_left_out_and_never_blank(fields: frozenset[ContactField]) -> None:
    payload = ContactPayload("annie@example.org", "2252501301", "Dot", "Annie")
    names = {ContactField.PHONE: "phone", ContactField.LAST_NAME: "lastName", ContactField.FIRST_NAME: "firstName"}

    left = payload.without(fields)

    assert left.body()["contact"] == {
        "email": "annie@example.org",
        **{
            name: value
            for (field, name), value in zip(names.items(), ("2252501301", "Dot", "Annie"), strict=True)
            if field not in fields
        },
    }
    assert payload.email_alone() == payload.without(list(ContactField))
