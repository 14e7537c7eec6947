"""What every answer met in the wild means (reference §5 and §6): an outcome or a cause, and a sentence."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.activecampaign.memberships import MembershipReader, Memberships
from ac_desktop.activecampaign.requests import NoResponse, Response, TransportFailure
from ac_desktop.activecampaign.responses import (
    LONGEST_DETAIL,
    ContactLost,
    ContactSaved,
    ContactUnnamed,
    FoundContact,
    ListJoined,
    ListStatus,
    Refused,
    read_busy,
    read_contact,
    read_found,
    read_list,
    read_object,
)
from ac_desktop.model.payload import ContactField, JsonObject
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause
from tests.activecampaign.responses import EMAIL, OUTAGE, SHORT_BODY, got
from tests.made_up import NOW

EMAIL_INVALID = {
    "errors": [
        {
            "title": "Contact Email Address is not valid.",
            "detail": "",
            "code": "email_invalid",
            "error": "must_be_valid_email_address",
            "source": {"pointer": "/data/attributes/email"},
        }
    ]
}
LIST_MISSING = {
    "errors": [
        {
            "title": "The related list does not exist.",
            "detail": "",
            "code": "related_missing",
            "error": "list_not_exist",
            "source": {"pointer": "/data/attributes/list"},
        }
    ]
}
CONTACT_MISSING = {
    "errors": [
        {
            "title": "The related contact does not exist.",
            "detail": "",
            "code": "related_missing",
            "error": "contact_not_exist",
            "source": {"pointer": "/data/attributes/contact"},
        }
    ]
}
BOTH_MISSING = {"errors": [*CONTACT_MISSING["errors"], *LIST_MISSING["errors"]]}
FORBIDDEN = {"errors": [{"status": 403, "title": "Forbidden", "detail": "You do not have permission to view lists."}]}
NO_LIST = {"message": "No Result found for _List with id 7"}
NO_SUBSCRIBER = {"message": "No Result found for Subscriber with id 121"}
WEB_404 = b'<div align="center"><h1>Not Found</h1>Sorry, this page could not be found</div>'
JOINED = {"contactList": {"contact": "25", "list": "19", "status": 1, "id": "7"}}
REFUSED_EVERYWHERE = [
    (got(200, b"", content_type="application/json", x_ac_error="Code 9001"), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(204), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(200, b"[]"), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(200, b'{"contact":'), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(200, b'{"contact":{"id":"25","email":"n\xfa"}}'), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(200, b"[" * 100_000), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(200, SHORT_BODY, complete=False), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (got(200, b"<html><title>Log in</title></html>", content_type="text/html"), Cause.ACCOUNT, ReasonCode.WEB_PAGE),
    (got(200, b"\xef\xbb\xbf\n <!doctype html>"), Cause.ACCOUNT, ReasonCode.WEB_PAGE),
    (got(200, b"Welcome", content_type="text/html; charset=utf-8"), Cause.ACCOUNT, ReasonCode.WEB_PAGE),
    (got(200, OUTAGE, content_type="text/html"), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(301, location="https://acct.api-us1.com/"), Cause.ACCOUNT, ReasonCode.REDIRECTED),
    (got(302, location="/admin/login"), Cause.ACCOUNT, ReasonCode.REDIRECTED),
    (got(307), Cause.ACCOUNT, ReasonCode.REDIRECTED),
    (got(304), Cause.ACCOUNT, ReasonCode.REDIRECTED),
    (got(401, b""), Cause.ACCOUNT, ReasonCode.KEY_REFUSED),
    (got(401, FORBIDDEN), Cause.ACCOUNT, ReasonCode.KEY_REFUSED),
    (got(402), Cause.ACCOUNT, ReasonCode.ACCOUNT_CLOSED),
    (got(403), Cause.ACCOUNT, ReasonCode.KEY_REFUSED),
    (got(403, b"", content_type="application/json"), Cause.ACCOUNT, ReasonCode.KEY_REFUSED),
    (got(403, FORBIDDEN, content_type="text/plain"), Cause.ACCOUNT, ReasonCode.FORBIDDEN),
    (got(404, WEB_404, content_type="text/html"), Cause.ACCOUNT, ReasonCode.WRONG_ADDRESS),
    (got(404, NO_LIST), Cause.ACCOUNT, ReasonCode.LIST_UNKNOWN),
    (got(405), Cause.ACCOUNT, ReasonCode.WRONG_ADDRESS),
    (got(415), Cause.ACCOUNT, ReasonCode.WRONG_ADDRESS),
    (got(407), Cause.ACCOUNT, ReasonCode.PROXY_FAILED),
    (got(408), Cause.PASSING, ReasonCode.TIMED_OUT),
    (got(429, retry_after="30"), Cause.PASSING, ReasonCode.BUSY),
    (got(400, b"{}"), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(400, EMAIL_INVALID), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(422, EMAIL_INVALID), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(422, {"errors": None}), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(422, {"message": "Invalid"}), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(422, {"errors": ["odd", 7]}), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(413), Cause.DONOR, ReasonCode.DONOR_REFUSED),
    (got(500, b"<html>oops</html>"), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(502, b"<html>oops</html>"), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(503), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(503, OUTAGE), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(504), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(520), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (got(103), Cause.PASSING, ReasonCode.SERVER_TROUBLE),
    (NoResponse(trouble=TransportFailure.NAME_NOT_FOUND), Cause.PASSING, ReasonCode.NAME_NOT_FOUND),
    (NoResponse(trouble=TransportFailure.UNREACHABLE), Cause.PASSING, ReasonCode.UNREACHABLE),
    (NoResponse(trouble=TransportFailure.LOST), Cause.PASSING, ReasonCode.CONNECTION_LOST),
    (NoResponse(trouble=TransportFailure.TIMED_OUT), Cause.PASSING, ReasonCode.TIMED_OUT),
    (NoResponse(trouble=TransportFailure.BROKEN), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    (NoResponse(trouble=TransportFailure.TLS), Cause.ACCOUNT, ReasonCode.TLS_FAILED),
    (NoResponse(trouble=TransportFailure.PROXY), Cause.ACCOUNT, ReasonCode.PROXY_FAILED),
]


@pytest.mark.parametrize(("reply", "cause", "code"), REFUSED_EVERYWHERE)
def test_an_answer_means_the_same_at_every_step(reply: Response | NoResponse, cause: Cause, code: ReasonCode) -> None:
    read = [
        read_contact(reply, email=EMAIL),
        read_list(reply, list_id="19", contact_id="25"),
        MembershipReader(contact_id="25", list_id="19").add_page(reply),
        read_object(reply, "user"),
    ]

    for reported in read:
        assert isinstance(reported, Refused)
        assert (reported.cause, reported.reason.code) == (cause, code)
        assert reported.reason.text


@pytest.mark.parametrize(
    ("reply", "saved"),
    [
        (got(201, SHORT_BODY), ContactSaved("25", created=True)),
        (got(200, SHORT_BODY), ContactSaved("25", created=False)),
        (got(200, {"contact": {"id": 25, "email": EMAIL}}), ContactSaved("25", created=False)),
        (got(200, {"contact": {"id": "025", "email": EMAIL}}), ContactSaved("25", created=False)),
        (got(201, b"\xef\xbb\xbf" + json.dumps(SHORT_BODY).encode()), ContactSaved("25", created=True)),
        (got(200, SHORT_BODY, content_type="text/html"), ContactSaved("25", created=False)),
        (got(202, SHORT_BODY), ContactSaved("25", created=False)),
        (got(200, {"contact": {"id": "25", "email": "Annie@Example.ORG"}}), ContactSaved("25", created=False)),
    ],
)
def test_the_contact_step_is_done_where_a_number_came_and_created_only_with_201(
    reply: Response, saved: ContactSaved
) -> None:
    assert read_contact(reply, email=EMAIL) == saved


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, ReasonCode.NO_CONTACT_NUMBER),
        ({"contact": None}, ReasonCode.NO_CONTACT_NUMBER),
        ({"contact": {}}, ReasonCode.NO_CONTACT_NUMBER),
        ({"contact": {"id": ""}}, ReasonCode.NO_CONTACT_NUMBER),
        ({"contact": {"id": None}}, ReasonCode.NO_CONTACT_NUMBER),
        ({"contact": {"id": 0}}, ReasonCode.NO_CONTACT_NUMBER),
        ({"contact": {"id": "abc"}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": "25/../1"}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": "٢٥"}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": True}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": ["25"]}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": "0", "email": EMAIL}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": 25.5, "email": EMAIL}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": {"id": "25"}, "email": EMAIL}}, ReasonCode.BROKEN_ANSWER),
        ({"contact": {"id": "9" * 5_000, "email": EMAIL}}, ReasonCode.BROKEN_ANSWER),
    ],
)
def test_a_yes_without_a_contact_number_is_no_yes(body: object, code: ReasonCode) -> None:
    outcome = read_contact(got(200, body), email=EMAIL)

    assert isinstance(outcome, Refused)
    assert (outcome.cause, outcome.reason.code) == (Cause.PASSING, code)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize(
    "email",
    [{}, {"email": None}, {"email": ""}, {"email": "ben@example.org"}, {"email": [EMAIL]}, {"email": f"{EMAIL} "}],
)
def test_a_number_without_our_address_is_nobodys(status: int, email: JsonObject) -> None:
    assert read_contact(got(status, {"contact": {"id": "25", **email}}), email=EMAIL) == ContactUnnamed()


def test_addresses_that_only_fold_alike_are_two() -> None:
    assert read_contact(
        got(201, {"contact": {"id": "25", "email": "strasse@example.org"}}), email="straße@example.org"
    ) == (ContactUnnamed())


def test_a_contact_step_that_is_answered_with_no_contact_is_at_the_wrong_address() -> None:
    outcome = read_contact(got(404, NO_SUBSCRIBER), email=EMAIL)

    assert isinstance(outcome, Refused)
    assert (outcome.cause, outcome.reason.code) == (Cause.ACCOUNT, ReasonCode.WRONG_ADDRESS)


@pytest.mark.parametrize(
    ("status", "body", "stands"),
    [
        (201, JOINED, ListStatus.ACTIVE),
        (200, JOINED, ListStatus.ACTIVE),
        (200, {"contactList": {"contact": 25, "list": 19, "status": "1"}}, ListStatus.ACTIVE),
        (200, {"contactList": {"contact": "25", "list": "19", "status": "3"}}, ListStatus.BOUNCED),
        (200, {"contactList": {"contact": "25", "list": "19", "status": 91}}, ListStatus.REMOVED),
        (200, {"contactList": {"contact": "25", "list": "19", "status": "9"}}, 9),
        (200, {"contactList": {"contact": "025", "list": 19.0, "status": "1.0"}}, ListStatus.ACTIVE),
        (200, {"contacts": [{"id": "25"}], **JOINED}, ListStatus.ACTIVE),
    ],
)
def test_the_list_step_is_done_where_list_and_contact_are_echoed(status: int, body: object, stands: int) -> None:
    assert read_list(got(status, body), list_id="19", contact_id="25") == ListJoined(stands)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"contactList": None},
        {"contactList": []},
        {"contactList": {"contact": "25", "list": "19"}},
        {"contactList": {"contact": "25", "list": "19", "status": True}},
        {"contactList": {"contact": None, "list": "19", "status": 1}},
        {"contactList": {"contact": "25", "list": [], "status": 1}},
        {"contactList": {"contact": "25", "list": "19", "status": "active"}},
        {"contactList": {"contact": "26", "list": "19", "status": 1}},
        {"contactList": {"contact": "25", "list": "1", "status": 1}},
    ],
)
def test_a_yes_that_does_not_confirm_the_list_is_no_yes(body: object) -> None:
    outcome = read_list(got(200, body), list_id="19", contact_id="25")

    assert isinstance(outcome, Refused)
    assert (outcome.cause, outcome.reason.code) == (Cause.PASSING, ReasonCode.LIST_NOT_CONFIRMED)


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("body", [LIST_MISSING, BOTH_MISSING, {"errors": [{"error": "list_not_exist"}]}])
def test_an_unknown_list_is_the_accounts_fault(status: int, body: object) -> None:
    outcome = read_list(got(status, body), list_id="19", contact_id="25")

    assert isinstance(outcome, Refused)
    assert (outcome.cause, outcome.reason.code, outcome.reason.values) == (
        Cause.ACCOUNT,
        ReasonCode.LIST_UNKNOWN,
        {"list": "19"},
    )


@pytest.mark.parametrize(
    "reply", [got(404, NO_SUBSCRIBER), got(404), got(404, b"{}"), got(400, CONTACT_MISSING), got(422, CONTACT_MISSING)]
)
def test_a_lost_contact_is_reported_at_the_list_step_and_the_membership_question(reply: Response) -> None:
    assert read_list(reply, list_id="19", contact_id="25") == ContactLost()
    assert MembershipReader(contact_id="25", list_id="19").add_page(reply) == ContactLost()
    assert read_object(reply, "list") == ContactLost()


def test_a_lost_list_is_named_by_the_number_that_was_asked_for_else_by_the_one_in_the_answer() -> None:
    asked, outcome = read_object(got(404, NO_LIST), "list", list_id="19"), read_object(got(404, NO_LIST), "list")

    assert isinstance(asked, Refused)
    assert isinstance(outcome, Refused)
    assert (asked.reason.values, outcome.reason.values) == ({"list": "19"}, {"list": "7"})


@pytest.mark.parametrize(
    ("reply", "detail"),
    [
        (got(422, EMAIL_INVALID), "Contact Email Address is not valid."),
        (got(422, {"errors": [{"title": "One."}, {"title": "Two."}]}), "One.; Two."),
        (got(422, {"errors": [{"title": "Wrong", "detail": "More of it"}]}), "More of it"),
        (got(422, {"errors": [{"code": "x"}], "message": "Said otherwise"}), "Said otherwise"),
        (got(400, {"message": "Said plainly"}), "Said plainly"),
        (
            got(400, {"failureReasons": [{"contact": 1, "failureReason": "Field 'email' odd"}, "plain", None]}),
            "Field 'email' odd; plain",
        ),
        (got(422, b"<html><title>Bad &amp; worse</title><p>Text"), "Bad & worse"),
        (got(422, b"<p>First</p>\n<p>second</p>"), "First second"),
        (got(422, b"n\xfa\x00 \x1b[31m"), "n\ufffd [31m"),
        (got(422, b"x" * 999), "x" * LONGEST_DETAIL),
        (got(422), "HTTP 422"),
        (got(400, b"{}"), "HTTP 400"),
        (got(422, b'{"errors":null}'), '{"errors":null}'),
        (got(422, b'{"code":7}'), '{"code":7}'),
        (got(418, b"[1]"), "[1]"),
    ],
)
def test_a_refusal_is_reported_in_the_accounts_own_words(reply: Response, detail: str) -> None:
    outcome = read_contact(reply, email=EMAIL)

    assert isinstance(outcome, Refused)
    assert outcome.reason.values["detail"] == detail
    assert detail in outcome.reason.text


def test_a_forbidden_call_says_what_its_owner_may_not() -> None:
    outcome = read_object(got(403, FORBIDDEN), "lists")

    assert isinstance(outcome, Refused)
    assert "You do not have permission to view lists." in outcome.reason.text


def test_a_record_is_given_with_its_whole_answer() -> None:
    assert read_object(got(200, {"user": {"id": "1"}, "meta": {}}), "user") == {"user": {"id": "1"}, "meta": {}}
    outcome = read_object(got(200, {"meta": {}}), "user")
    assert isinstance(outcome, Refused)
    assert outcome.reason.code is ReasonCode.BROKEN_ANSWER


BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["errors", "message", "contact", "contactList", "contactLists", "id", "list", "status"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    status=st.integers(100, 599),
    body=BODIES.map(lambda body: json.dumps(body).encode()) | st.binary(max_size=40),
    kind=st.sampled_from(["", "application/json", "text/html"]),
    complete=st.booleans(),
)
def test_whatever_comes_back_is_read_and_only_2xx_is_ever_good(
    status: int, body: bytes, kind: str, *, complete: bool
) -> None:
    reply = replace(got(status, body, content_type=kind), complete=complete)

    good = [
        isinstance(read_contact(reply, email=EMAIL), ContactSaved),
        isinstance(read_list(reply, list_id="19", contact_id="25"), ListJoined),
        isinstance(MembershipReader(contact_id="25", list_id="19").add_page(reply), Memberships),
        isinstance(read_object(reply, "contact"), dict),
    ]

    assert not any(good) or (200 <= status < 300 and complete)
    read_busy(reply, NOW)


def test_only_the_contact_that_was_asked_for_is_found() -> None:
    """A filter that is not understood returns everybody."""
    annie = {"id": "25", "email": "Annie@Example.org", "phone": "2252501301", "firstName": "Annie", "lastName": None}
    everybody = got(200, {"contacts": ["odd", {"id": "24", "email": "ben@example.org"}, {"id": "23"}, annie]})

    assert read_found(everybody, email="annie@example.org") == FoundContact(
        "25", {ContactField.PHONE: "2252501301", ContactField.FIRST_NAME: "Annie", ContactField.LAST_NAME: ""}
    )
    assert read_found(everybody, email="carla@example.org") is None
    assert read_found(got(200, {"contacts": []}), email="annie@example.org") is None


@pytest.mark.parametrize(
    ("reply", "cause", "code"),
    [
        (got(404, b"{}"), Cause.ACCOUNT, ReasonCode.WRONG_ADDRESS),
        (got(403), Cause.ACCOUNT, ReasonCode.KEY_REFUSED),
        (got(200, {"contacts": None}), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
        (got(200, {}), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
        (got(200, {"contacts": [{"email": "annie@example.org"}]}), Cause.PASSING, ReasonCode.BROKEN_ANSWER),
        (
            got(200, {"contacts": [{"id": number, "email": "annie@example.org"} for number in "12"]}),
            Cause.PASSING,
            ReasonCode.BROKEN_ANSWER,
        ),
    ],
)
def test_a_look_up_that_fails_is_not_taken_for_an_unknown_contact(
    reply: Response, cause: Cause, code: ReasonCode
) -> None:
    outcome = read_found(reply, email="annie@example.org")

    assert isinstance(outcome, Refused)
    assert (outcome.cause, outcome.reason.code) == (cause, code)
