"""The calls go to the paths the reference documents, and no number can lead them elsewhere."""

import pytest

from ac_desktop.activecampaign import requests
from ac_desktop.activecampaign.requests import Request
from ac_desktop.model.payload import ContactPayload, ListPayload


@pytest.mark.parametrize(
    ("request_", "method", "path"),
    [
        (requests.users_me(), "GET", "/users/me"),
        (requests.lists_page(0), "GET", "/lists?limit=100&offset=0"),
        (requests.lists_page(200), "GET", "/lists?limit=100&offset=200"),
        (requests.one_list("19"), "GET", "/lists/19"),
        (requests.one_list("19/../1?x=#"), "GET", "/lists/19%2F..%2F1%3Fx%3D%23"),
        (requests.contact_of("donor+tag@example.org"), "GET", "/contacts?email=donor%2Btag%40example.org"),
        (requests.memberships("25"), "GET", "/contacts/25/contactLists?limit=100"),
        (requests.memberships("25", 100), "GET", "/contacts/25/contactLists?limit=100&offset=100"),
        (requests.memberships("25/x"), "GET", "/contacts/25%2Fx/contactLists?limit=100"),
    ],
)
def test_a_question_has_its_path_and_no_body(request_: Request, method: str, path: str) -> None:
    assert (request_.method, request_.path, request_.body) == (method, path, None)


def test_a_relay_is_two_posts_contact_first() -> None:
    contact, joined = ContactPayload("annie@example.org"), ListPayload("19", "25")

    assert requests.sync_contact(contact) == Request("POST", "/contact/sync", contact.body())
    assert requests.join_list(joined) == Request("POST", "/contactLists", joined.body())
