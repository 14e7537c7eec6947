"""Routes calls to their handlers; what other clients call while they are set up has empty results."""

from collections.abc import Mapping
from typing import Final

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule

from ac_desktop.practice import contacts, imports, lists, serializers
from ac_desktop.practice.faults import WrongPath
from ac_desktop.practice.requests import ApiCall, CallRefused, Handler
from ac_desktop.practice.responses import NOT_FOUND_PAGE, PracticeResponse, answer


def _root(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET /api/3/`."""
    return answer({})


def _fields(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET fields`: no custom fields."""
    return answer({"fieldOptions": [], "fieldRels": [], "fields": [], "meta": {"total": "0"}})


def _tags(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET tags`: no tags."""
    return answer({"tags": [], "meta": {"total": "0"}})


def _users(call: ApiCall) -> PracticeResponse:
    """Answer `GET users`: the key's user alone."""
    return answer({"users": [serializers.user_body(call.base)], "meta": {"total": "1"}})


def _accounts(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET accounts`: no companies."""
    return answer({"accounts": [], "meta": {"total": "0"}})


_HANDLERS: Final[Mapping[tuple[str, str], Handler]] = {
    ("GET", "/"): _root,
    ("GET", "/users"): _users,
    ("GET", "/users/me"): lists.user,
    ("GET", "/fields"): _fields,
    ("GET", "/tags"): _tags,
    ("GET", "/accounts"): _accounts,
    ("GET", "/lists"): lists.query,
    ("GET", "/lists/<number>"): lists.read,
    ("POST", "/contactLists"): lists.subscribe,
    ("POST", "/contact/sync"): contacts.sync,
    ("GET", "/contacts"): contacts.query,
    ("POST", "/contacts"): contacts.create,
    # A client's live test found the plural form to be a plain create, and the import's other spelling not to exist.
    ("POST", "/contacts/sync"): contacts.create,
    ("GET", "/contacts/<number>"): contacts.read,
    ("PUT", "/contacts/<number>"): contacts.update,
    ("DELETE", "/contacts/<number>"): contacts.delete,
    ("GET", "/contacts/<number>/contactLists"): contacts.query_memberships,
    ("POST", "/import/bulk_import"): imports.take,
    ("GET", "/import/bulk_import"): imports.overview,
    ("GET", "/import/info"): imports.info,
}
_MAP: Final = Map(
    [Rule(path, methods=[method], endpoint=handler) for (method, path), handler in _HANDLERS.items()],
    strict_slashes=False,
    merge_slashes=False,
)
_URLS: Final = _MAP.bind("127.0.0.1")


def handle(call: ApiCall, method: str, path: str) -> PracticeResponse:
    """Answer a call by its method and its path after `/api/3`."""
    try:
        # werkzeug routes HEAD wherever GET is routed.
        handler, values = _URLS.match(path, method if method != "HEAD" else "TRACE")
    except MethodNotAllowed:
        is_not_allowed = call.faults.wrong_path is WrongPath.NOT_ALLOWED_405
        return answer({}, 405) if is_not_allowed else _wrong_path(call.faults.wrong_path)
    except NotFound:
        return _wrong_path(call.faults.wrong_path)
    try:
        result: PracticeResponse = handler(call, **values)
    except CallRefused as refused:
        return refused.answer
    return result


def _wrong_path(how: WrongPath) -> PracticeResponse:
    return NOT_FOUND_PAGE if how is WrongPath.HTML_404 else answer({}, 404)
