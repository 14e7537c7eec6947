"""Each point that is not established has its default and its alternatives (reference, section 11)."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime

import pytest
import requests

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import (
    BadJson,
    BadKey,
    Bounced,
    ContactLimit,
    DeletedContact,
    Faults,
    InvalidEmail,
    ListSuccess,
    MissingKey,
    OverLimit,
    Resubscribe,
    SyncExisting,
    UnknownList,
    WrongAccount,
    WrongPath,
)
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import START, Api

KEY_ANSWERS = {
    "EMPTY_403": (403, None, b""),
    "EMPTY_JSON_403": (403, "application/json", b""),
    "FORBIDDEN_403": (403, "application/json", None),
    "JSON_401": (401, "application/json", None),
    "EMPTY_200": (200, "application/json", b'""'),
}


def shape(answer: requests.Response, body: bytes | None) -> tuple[int, str | None, bytes | None]:
    return answer.status_code, answer.headers.get("Content-Type"), answer.content if body is not None else None


@pytest.mark.parametrize("how", BadKey)
def test_a_bad_key(api: Api, account: PracticeAccount, how: BadKey) -> None:
    account.faults = Faults(bad_key=how)
    api.session.headers["Api-Token"] = "wrong"
    expected = KEY_ANSWERS[how.name]
    assert shape(api.get("users/me"), expected[2]) == expected


@pytest.mark.parametrize("how", MissingKey)
def test_a_missing_key(api: Api, account: PracticeAccount, how: MissingKey) -> None:
    account.faults = Faults(missing_key=how, bad_key=BadKey.JSON_401)
    del api.session.headers["Api-Token"]
    expected = KEY_ANSWERS["JSON_401" if how is MissingKey.AS_BAD_KEY else how.name]
    assert shape(api.get("users/me"), expected[2]) == expected


def test_the_key_is_checked_before_everything_else(api: Api) -> None:
    api.session.headers["Api-Token"] = "wrong"
    answers = [api.get("nowhere"), api.post("contact/sync", []), api.get("lists/99")]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_a_withdrawn_key_is_a_bad_one_and_another_works(api: Api, account: PracticeAccount) -> None:
    other = account.add_key()
    account.withdraw_key(api.server.key)
    assert api.get("users/me").status_code == 403
    api.session.headers["Api-Token"] = other
    assert api.get("users/me").status_code == 200


def test_every_nth_call_is_refused_although_the_key_is_good(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(spurious_403_every=3)
    answers = [api.get("users/me") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 403, 200, 200, 403]
    assert "Content-Type" not in answers[2].headers


@pytest.mark.parametrize(
    ("how", "status", "keys"),
    [
        (UnknownList.ERRORS_422, 422, ["errors"]),
        (UnknownList.ERRORS_400, 400, ["errors"]),
        (UnknownList.MESSAGE_404, 404, ["message"]),
        (UnknownList.NO_ERRORS_422, 422, ["message"]),
    ],
)
def test_an_unknown_list(api: Api, account: PracticeAccount, how: UnknownList, status: int, keys: list[str]) -> None:
    account.add_contacts(1)
    account.faults = Faults(unknown_list=how)
    answer = api.subscribe("1", "99")
    assert (answer.status_code, list(answer.json())) == (status, keys)
    assert account.memberships("1") == ()


def test_the_404_of_an_unknown_list_names_the_model(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1)
    account.faults = Faults(unknown_list=UnknownList.MESSAGE_404)
    assert api.subscribe("1", "99").json() == {"message": "No Result found for _List with id 99"}


@pytest.mark.parametrize(("how", "status"), [(DeletedContact.MESSAGE_404, 404), (DeletedContact.ERRORS_422, 422)])
def test_a_contact_deleted_meanwhile(api: Api, account: PracticeAccount, how: DeletedContact, status: int) -> None:
    account.add_contacts(1)
    account.delete_contact("1")
    account.faults = Faults(deleted_contact=how)
    answer = api.subscribe("1")
    assert answer.status_code == status
    if status == 404:
        assert answer.json() == {"message": "No Result found for Subscriber with id 1"}
    else:
        assert answer.json()["errors"][0]["error"] == "contact_not_exist"


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (InvalidEmail.ERRORS_422, 422),
        (InvalidEmail.ERRORS_400, 400),
        (InvalidEmail.EMPTY_400, 400),
        (InvalidEmail.NULL_ERRORS_422, 422),
    ],
)
def test_an_invalid_address(api: Api, account: PracticeAccount, how: InvalidEmail, status: int) -> None:
    account.faults = Faults(invalid_email=how)
    answer = api.sync("nobody")
    assert answer.status_code == status
    match how:
        case InvalidEmail.EMPTY_400:
            assert answer.json() == {}
        case InvalidEmail.NULL_ERRORS_422:
            assert answer.json()["errors"] is None
        case _:
            assert answer.json()["errors"][0]["code"] == "email_invalid"


def test_sync_of_a_known_address(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1)
    account.faults = Faults(sync_existing=SyncExisting.SHORT_201)
    assert api.sync("donor0001@example.org").status_code == 201
    account.faults = Faults(sync_existing=SyncExisting.FIELD_VALUES)
    answer = api.sync("donor0001@example.org")
    assert answer.status_code == 200
    values = answer.json()["fieldValues"]
    assert answer.json()["contact"]["fieldValues"] == [value["id"] for value in values]
    assert all(isinstance(value["id"], str) for value in values)


def test_contact_lists_may_always_answer_200(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1)
    account.faults = Faults(list_success=ListSuccess.ALWAYS_200)
    assert api.subscribe("1").status_code == 200


def test_who_unsubscribed_is_subscribed_again_or_refused(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.UNSUBSCRIBED)
    account.faults = Faults(resubscribe=Resubscribe.REFUSED_422)
    assert api.subscribe("1").status_code == 422
    assert api.subscribe("1", sourceid=4).json()["contactList"]["status"] == 1
    account.set_status("1", "1", MemberStatus.UNSUBSCRIBED)
    account.faults = Faults()
    assert api.subscribe("1").json()["contactList"]["status"] == 1


def test_who_bounced_stays_bounced_or_becomes_active(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.BOUNCED)
    answer = api.subscribe("1")
    assert (answer.status_code, answer.json()["contactList"]["status"]) == (200, 3)
    account.faults = Faults(bounced=Bounced.BECOMES_ACTIVE)
    assert api.subscribe("1").json()["contactList"]["status"] == 1


@pytest.mark.parametrize("is_on", [True, False])
def test_good_answers_say_the_rate_or_not(account: PracticeAccount, *, is_on: bool) -> None:
    with PracticeServer(account, faults=Faults(rate_headers=is_on)) as server:
        api = Api(server)
        headers = api.get("users/me").headers
        api.close()
    assert (headers.get("RateLimit-Limit"), headers.get("RateLimit-Remaining")) == (
        ("5", "4") if is_on else (None, None)
    )


def is_date(text: str | None) -> bool:
    return text is not None and parsedate_to_datetime(text).timestamp() == START + 2


@pytest.mark.parametrize(
    ("how", "status", "is_expected"),
    [
        (OverLimit.RETRY_1, 429, lambda text: text == "1"),
        (OverLimit.RETRY_30, 429, lambda text: text == "30"),
        (OverLimit.NO_HEADER, 429, lambda text: text is None),
        (OverLimit.HTTP_DATE, 429, is_date),
        (OverLimit.EMPTY_503, 503, lambda text: text is None),
        (OverLimit.HTML_503, 503, lambda text: text is None),
        (OverLimit.RETRY_503, 503, lambda text: text == "1"),
    ],
)
def test_over_the_limit(
    account: PracticeAccount, how: OverLimit, status: int, is_expected: Callable[[str | None], bool]
) -> None:
    with PracticeServer(account, faults=Faults(over_limit=how)) as server:
        api = Api(server)
        answers = [api.get("users/me") for _ in range(6)]
        api.close()
    assert [answer.status_code for answer in answers] == [200] * 5 + [status]
    assert is_expected(answers[5].headers.get("Retry-After"))
    if status == 429:
        assert (answers[5].headers["RateLimit-Limit"], answers[5].headers["RateLimit-Remaining"]) == ("5", "0")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (WrongAccount.REDIRECT_302, 302),
        (WrongAccount.REDIRECT_301, 301),
        (WrongAccount.HTML_404, 404),
        (WrongAccount.HTML_200, 200),
    ],
)
def test_a_wrong_account(api: Api, account: PracticeAccount, how: WrongAccount, status: int) -> None:
    account.faults = Faults(wrong_account=how)
    answer = api.get("users/me")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert ("Location" in answer.headers) == (status in {301, 302})


def test_a_lapsed_account_is_402_everywhere_even_with_a_wrong_key(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(lapsed=True)
    assert shape(api.get("users/me"), b"") == (402, None, b"")
    api.session.headers["Api-Token"] = "wrong"
    assert api.sync("annie@example.org").status_code == 402


@pytest.mark.parametrize(("how", "status"), [(ContactLimit.FORBIDDEN_403, 403), (ContactLimit.ERRORS_422, 422)])
def test_a_full_account_takes_no_new_contact(
    api: Api, account: PracticeAccount, how: ContactLimit, status: int
) -> None:
    account.add_contacts(1)
    account.faults = Faults(contact_limit=how)
    assert api.sync("new@example.org").status_code == status
    assert api.post("contacts", {"contact": {"email": "new@example.org"}}).status_code == status
    assert api.sync("donor0001@example.org").status_code == 200


def test_a_broken_request(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(bad_json=BadJson.HTML_400)
    answer = api.call("POST", "contact/sync", data="{")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("how", "path_status", "method_status", "is_html"),
    [
        (WrongPath.JSON_404, 404, 404, False),
        (WrongPath.NOT_ALLOWED_405, 404, 405, False),
        (WrongPath.HTML_404, 404, 404, True),
    ],
)
def test_a_wrong_path_or_method(
    api: Api, account: PracticeAccount, how: WrongPath, path_status: int, method_status: int, *, is_html: bool
) -> None:
    account.faults = Faults(wrong_path=how)
    path, method = api.get("contact"), api.call("PUT", "contact/sync")
    assert (path.status_code, method.status_code) == (path_status, method_status)
    assert [answer.headers["Content-Type"].startswith("text/html") for answer in (path, method)] == [is_html] * 2


def test_the_other_spelling_of_the_import_does_not_exist(api: Api) -> None:
    assert api.post("import/bulkImport", {"contacts": []}).status_code == 404
    assert api.post("bulkImport", {"contacts": []}).status_code == 404


def test_a_doubled_slash_is_redirected(api: Api) -> None:
    answer = api.session.get(f"{api.server.url}//api/3/users/me", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{api.server.url}/api/3/users/me")
    assert api.get("/users/me").status_code == 301
