"""The practice account against the API's description and recorded answers, where these lie beside the project."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults, SyncExisting
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import Api, Clock

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
DESCRIPTION = REFERENCE / "activecampaign-openapi.json"
RECORDINGS = REFERENCE / "recorded-responses.json"
if not (DESCRIPTION.is_file() and RECORDINGS.is_file()):
    pytest.skip("the API's description and recordings do not lie beside the project", allow_module_level=True)

OPENAPI: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
RECORDED: list[dict[str, Any]] = json.loads(RECORDINGS.read_text(encoding="utf-8"))
HOME = "urn:description"
REGISTRY: Registry[Any] = Registry().with_resource(HOME, DRAFT202012.create_resource(OPENAPI))

CONTACT = {"email": "annie@example.org", "phone": "2252501301", "lastName": "Dot", "firstName": "Annie"}
SYNC = {"contact": CONTACT}
SUBSCRIBE = {"contactList": {"list": "1", "status": 1, "contact": "1"}}
IMPORT = {"contacts": [{"email": "annie@example.org", "first_name": "Annie", "subscribe": [{"listid": 1}]}]}
BAD_IMPORT = {"contacts": [{"email": "nobody"}]}


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount(clock=Clock())


@pytest.fixture
def api(account: PracticeAccount) -> Iterator[Api]:
    with PracticeServer(account, rate=0) as server:
        caller = Api(server)
        yield caller
        caller.close()


def schema(*where: str) -> dict[str, str]:
    pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in where)
    return {"$ref": f"{HOME}#/{pointer}"}


def problems(value: Any, *where: str) -> list[str]:
    """What the description says against a value, but for nulls: recorded answers have them against it as well."""
    validator = Draft202012Validator(schema(*where), registry=REGISTRY)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value) if not is_null_only(error)]


def is_null_only(error: ValidationError) -> bool:
    if error.instance is None:
        return True
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return any(all(is_null_only(inner) for inner in branch) for branch in branches.values())


@pytest.mark.parametrize(
    ("path", "body"), [("/contact/sync", SYNC), ("/contactLists", SUBSCRIBE), ("/import/bulk_import", IMPORT)]
)
def test_the_requests_of_our_tests_are_of_the_described_shape(path: str, body: Any) -> None:
    where = ("paths", path, "post", "requestBody", "content", "application/json", "schema")
    assert problems(body, *where) == []


def described_requests() -> list[Any]:
    return [
        pytest.param(path, example["value"], id=path)
        for path, methods in OPENAPI["paths"].items()
        for example in methods.get("post", {})
        .get("requestBody", {})
        .get("content", {})
        .get("application/json", {})
        .get("examples", {})
        .values()
    ]


@pytest.mark.parametrize(("path", "body"), described_requests())
def test_described_requests_are_taken(api: Api, account: PracticeAccount, path: str, body: Any) -> None:
    account.add_contacts(1)
    assert api.post(path.lstrip("/"), body).ok


CALLS = [
    ("GET", "/users/me", "users/me", None, 200),
    ("GET", "/lists", "lists", None, 200),
    ("GET", "/lists/{id}", "lists/1", None, 200),
    ("GET", "/lists/{id}", "lists/99", None, 404),
    ("POST", "/contact/sync", "contact/sync", SYNC, 201),
    ("POST", "/contact/sync", "contact/sync", {"contact": {"email": "donor0001@example.org"}}, 200),
    ("POST", "/contact/sync", "contact/sync", {"contact": {"email": "nobody"}}, 422),
    ("POST", "/contact/sync", "contact/sync", {}, 400),
    ("GET", "/contacts", "contacts?email=donor0001@example.org", None, 200),
    ("POST", "/contacts", "contacts", SYNC, 201),
    ("POST", "/contacts", "contacts", {"contact": {"email": "donor0001@example.org"}}, 422),
    ("GET", "/contacts/{id}", "contacts/1", None, 200),
    ("GET", "/contacts/{id}", "contacts/99", None, 404),
    ("PUT", "/contacts/{id}", "contacts/1", SYNC, 200),
    ("PUT", "/contacts/{id}", "contacts/99", SYNC, 404),
    ("GET", "/contacts/{id}/contactLists", "contacts/1/contactLists", None, 200),
    ("GET", "/contacts/{id}/contactLists", "contacts/99/contactLists", None, 404),
    ("POST", "/contactLists", "contactLists", {"contactList": {"list": "2", "status": 1, "contact": "1"}}, 201),
    ("POST", "/contactLists", "contactLists", SUBSCRIBE, 200),
    ("POST", "/contactLists", "contactLists", {"contactList": {"list": "99", "status": 1, "contact": "1"}}, 422),
    ("POST", "/contactLists", "contactLists", {}, 400),
    ("POST", "/import/bulk_import", "import/bulk_import", IMPORT, 200),
    ("POST", "/import/bulk_import", "import/bulk_import", BAD_IMPORT, 400),
    ("GET", "/import/info", "import/info", None, 400),
]


@pytest.mark.parametrize(
    ("method", "path", "call", "body", "status"), CALLS, ids=[f"{c[0]} {c[2]} {c[4]}" for c in CALLS]
)
def test_answers_are_of_the_described_shape(
    api: Api, account: PracticeAccount, method: str, path: str, call: str, body: Any, status: int
) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.BOUNCED)
    answer = api.call(method, call, json=body)
    assert answer.status_code == status
    content = ("paths", path, method.lower(), "responses", str(status), "content", "application/json")
    assert problems(answer.json(), *content, "schema") == []


@pytest.mark.parametrize("how", [SyncExisting.SHORT_201, SyncExisting.FIELD_VALUES])
def test_other_forms_of_the_sync_are_of_the_described_shape(
    api: Api, account: PracticeAccount, how: SyncExisting
) -> None:
    account.faults = Faults(sync_existing=how)
    api.post("contact/sync", SYNC)
    answer = api.post("contact/sync", SYNC)
    where = ("paths", "/contact/sync", "post", "responses", str(answer.status_code), "content", "application/json")
    assert problems(answer.json(), *where, "schema") == []


def test_the_refusal_of_lists_is_of_the_described_shape(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(lists_forbidden=True)
    for path, call in (("/lists", "lists"), ("/lists/{id}", "lists/1")):
        where = ("paths", path, "get", "responses", "403", "content", "application/json", "schema")
        assert problems(api.get(call).json(), *where) == []


def test_a_finished_import_is_reported_in_the_described_shape(api: Api, account: PracticeAccount) -> None:
    batch_id = api.post("import/bulk_import", IMPORT).json()["batchId"]
    assert isinstance(account.clock, Clock)
    account.clock.tick(3)
    where = ("paths", "/import/info", "get", "responses", "200", "content", "application/json", "schema")
    assert problems(api.get("import/info", batchId=batch_id).json(), *where) == []


def test_the_overview_of_imports_is_of_the_form_of_its_example(api: Api) -> None:
    api.post("import/bulk_import", IMPORT)
    content = OPENAPI["paths"]["/import/bulk_import"]["get"]["responses"]["200"]["content"]["application/json"]
    (example,) = content["examples"].values()
    assert differences(types(example["value"]), types(api.get("import/bulk_import").json())) == []


SERVED = re.compile(r"^/api/3/(?:users/me|lists(?:/\d+|\?search)?|contact/sync|contacts(?:/\d+)?)$")
MAY_BE_NULL = {"fulladdress", "organization", "user"}
"""What recordings and newer answers give now as null, now as text (reference, sections 3 and 12)."""


def is_served(exchange: dict[str, Any]) -> bool:
    request = exchange["request"]
    is_list_write = "/lists" in request["path"] and request["method"] != "GET"
    return SERVED.match(request["path"]) is not None and not is_list_write


def name_of(exchange: dict[str, Any]) -> str:
    return f"{exchange['request']['method']} {exchange['request']['path']} {exchange['response']['status']}"


def types(value: Any, key: str = "") -> Any:
    """Return the structure of a body: its keys and the types of its values, one element for all of an array."""
    if isinstance(value, dict):
        return {name: types(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [types(value[0])] if value else []
    return "text or null" if key in MAY_BE_NULL and isinstance(value, str | None) else type(value).__name__


def differences(recorded: Any, ours: Any, where: str = "") -> list[str]:
    """Return what a recorded structure has and ours has not, or has in another form."""
    if isinstance(recorded, dict) and isinstance(ours, dict):
        missing = [f"{where}.{name} is missing" for name in recorded if name not in ours]
        both = [name for name in recorded if name in ours]
        return missing + [text for name in both for text in differences(recorded[name], ours[name], f"{where}.{name}")]
    if isinstance(recorded, list) and isinstance(ours, list):
        return differences(recorded[0], ours[0], f"{where}[]") if recorded and ours else []
    return [] if recorded == ours else [f"{where}: {recorded} recorded, {ours} answered"]


@pytest.mark.parametrize("exchange", [one for one in RECORDED if is_served(one)], ids=name_of)
def test_answers_have_what_was_recorded(api: Api, account: PracticeAccount, exchange: dict[str, Any]) -> None:
    request, recorded = exchange["request"], exchange["response"]
    known = (request["body"] or {}).get("contact", {}).get("email", "someone@example.org")
    if not (request["method"] == "POST" and recorded["status"] == 201):
        account.add_contact(known)
    if recorded["body"].get("lists") == []:
        for one in account.lists():
            account.delete_list(one.id)
    path = re.sub(r"\d+$", "1", request["path"].removeprefix("/api/3/"))
    answer = api.call(request["method"], path, json=request["body"])
    assert answer.status_code == recorded["status"]
    assert differences(types(recorded["body"]), types(answer.json())) == []
    own = {"Content-Length", "Transfer-Encoding", "Access-Control-Allow-Origin", "X-Content-Type-Options"}
    assert set(recorded["headers"]) - own <= set(answer.headers)
    assert answer.headers["Content-Type"] == recorded["headers"]["Content-Type"]
    assert answer.headers["Cache-Control"] == recorded["headers"]["Cache-Control"]


def test_a_created_contact_has_no_more_than_was_recorded(api: Api) -> None:
    recorded = next(one for one in RECORDED if name_of(one) == "POST /api/3/contacts 201")
    answer = api.post("contacts", recorded["request"]["body"])
    assert differences(types(answer.json()), types(recorded["response"]["body"])) == []


def test_missing_records_are_reported_in_the_recorded_words(api: Api) -> None:
    reported = re.compile(r"^No Result found for _?\w+ with id \d+$")
    for one in RECORDED:
        if one["response"]["status"] == 404:
            assert reported.match(one["response"]["body"]["message"])
    for path in ("lists/99", "contacts/99", "contacts/99/contactLists"):
        assert reported.match(api.get(path).json()["message"])


def test_there_are_recordings_to_check_against() -> None:
    assert len([one for one in RECORDED if is_served(one)]) >= 10
