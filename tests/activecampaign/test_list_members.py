"""What a page of a list proves about the people on it, and what it does not."""

import json

import pytest

from ac_desktop.activecampaign.list_members import Member, MembersPage, NotByPages, read_members
from ac_desktop.activecampaign.requests import NoResponse, Response, TransportFailure
from ac_desktop.activecampaign.responses import FoundContact, Refused, read_found


def _answer(body: object, status: int = 200) -> Response:
    return Response(status=status, headers={}, body=json.dumps(body).encode())


def _page(contacts: object, rows: object = (), meta: object = None) -> MembersPage | NotByPages | Refused:
    body = {"contacts": contacts, "contactLists": rows, "meta": meta}
    return read_members(_answer(body), list_id="7", after=10)


ANNIE = {"id": "11", "email": " Annie@Example.org"}


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([{"contact": "11", "list": "7", "status": "1"}], 1),
        ([{"contact": 11, "list": 7, "status": 2}], 2),
        ([{"contact": "11", "list": "7", "status": "91"}], 91),
        ([{"contact": "11", "list": "8", "status": "1"}], None),
        ([{"contact": "12", "list": "7", "status": "1"}], None),
        ([{"contact": "11", "list": "7", "status": "active"}], None),
        ([{"contact": "11", "list": "7", "status": True}], None),
        ([{"contact": "11", "list": "7", "status": "1"}, {"contact": "11", "list": "7", "status": "2"}], None),
        ([{"contact": "11", "list": "7"}, {"contact": "11", "list": "7", "status": "1"}], None),
        (["11"], None),
        ({"11": "1"}, None),
        (None, None),
    ],
)
def test_only_a_row_of_this_contact_and_list_proves_a_status(rows: object, status: int | None) -> None:
    assert _page([ANNIE], rows) == MembersPage(members=(Member(11, "annie@example.org", status),), total=None)


@pytest.mark.parametrize(
    "contacts",
    [
        [{"id": "9", "email": "a@example.org"}],
        [{"id": "12", "email": "a@example.org"}, {"id": "11", "email": "b@example.org"}],
        [{"id": "x", "email": "a@example.org"}],
        [{"email": "a@example.org"}],
        ["a@example.org"],
        {"11": "a@example.org"},
    ],
)
def test_contacts_out_of_order_are_not_read_by_pages(contacts: object) -> None:
    assert _page(contacts) == NotByPages()


def test_an_empty_page_is_the_last_and_the_total_a_hint() -> None:
    page = _page([], meta={"total": "12"})
    assert isinstance(page, MembersPage)
    assert (page.is_last, page.total) == (True, 12)
    odd = _page([{"id": "11", "email": None}], meta={"total": "9" * 5_000})
    assert odd == MembersPage(members=(Member(11, "", None),), total=None)


@pytest.mark.parametrize(
    "reply", [_answer({}), _answer({}, 404), NoResponse(trouble=TransportFailure.LOST), _answer({}, 403)]
)
def test_trouble_is_reported_by_its_cause(reply: Response | NoResponse) -> None:
    assert isinstance(read_members(reply, list_id="7", after=0), Refused)
    assert isinstance(read_found(reply, email="a@example.org"), Refused)


def test_a_look_up_believes_the_address_alone() -> None:
    found = _answer({"contacts": [{"id": "3", "email": "x@example.org"}, {"id": 4, "email": "A@example.org"}]})
    outcome = read_found(found, email="a@example.org")
    assert isinstance(outcome, FoundContact)
    assert outcome.contact_id == "4"
    assert read_found(found, email="b@example.org") is None
    odd = _answer({"contacts": [{"id": "no", "email": "a@example.org"}]})
    assert isinstance(read_found(odd, email="a@example.org"), Refused)
    assert isinstance(read_found(_answer({"contacts": {}}), email="a@example.org"), Refused)
