"""Routes calls to their handlers."""

from collections.abc import Mapping
from typing import Final

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule

from ac_desktop.practice import contacts, imports, lists, memberships, others
from ac_desktop.practice.faults import WrongPath
from ac_desktop.practice.requests import ApiCall, CallRefused, Handler
from ac_desktop.practice.responses import NOT_FOUND_PAGE, PracticeResponse, answer

_HANDLERS: Final[Mapping[tuple[str, str], Handler]] = {
    ("GET", "/"): others.root,
    ("GET", "/users"): others.users,
    ("GET", "/users/me"): lists.user,
    ("GET", "/fields"): others.fields,
    ("GET", "/tags"): others.tags,
    ("GET", "/accounts"): others.accounts,
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
    ("GET", "/contacts/<number>/contactLists"): memberships.query,
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
