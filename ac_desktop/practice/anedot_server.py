"""The stand-in Anedot on 127.0.0.1: the one request of its API, behind a gateway that reads the key."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from errno import ECONNRESET
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from werkzeug.wrappers import Request

from ac_desktop.practice.anedot_account import FIRST_ACCOUNT, AnedotFault, AskedDay, OtherAccount, StandInAccounts
from ac_desktop.practice.application import CONNECTION, ServerConnection
from ac_desktop.practice.responses import HTML_TYPE, PracticeResponse, web_page
from ac_desktop.practice.server import LoopbackServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH: Final = "/v4/transactions"
KEY_HEADER: Final = "x-api-key"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FILLER: Final = b'{"id": "d1", "comment": "' + b"x" * 65_536 + b'"},'


class AnedotApplication:
    """Answers every request to the stand-in Anedot."""

    def __init__(self, accounts: StandInAccounts) -> None:
        self._accounts = accounts

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        connection: ServerConnection = environ[CONNECTION]
        if request.path != PATH or request.method != "GET":
            return _send(_message("Missing Authentication Token", HTTPStatus.FORBIDDEN), start_response)
        uid, day = request.args.get("account_id", ""), request.args.get("created_at", "")
        uids = self._accounts.uids_of(request.headers.get(KEY_HEADER, ""))
        self._accounts.arrived(AskedDay(uid=uid, day=day, key_known=uids is not None))
        if uids is None:
            return _send(_message("Forbidden", HTTPStatus.FORBIDDEN), start_response)
        fault = self._accounts.fault_on(day)
        if fault is AnedotFault.RESET:
            _break(connection)
        if fault is AnedotFault.ENDLESS:
            return _endless(start_response)
        given = _REFUSALS.get(fault) or self._transactions(uids, uid, day, fault)
        if fault is AnedotFault.CUT_BODY:
            return _cut(given, start_response, connection)
        return _send(given, start_response)

    def _transactions(self, uids: frozenset[str], uid: str, day: str, fault: AnedotFault) -> PracticeResponse:
        if not uid or not _DAY.fullmatch(day):
            return _message("account_id and created_at are required", HTTPStatus.BAD_REQUEST)
        if uid not in uids or not self._accounts.has(uid):
            match self._accounts.other_account:
                case OtherAccount.FORBIDDEN_403:
                    return _message("Forbidden", HTTPStatus.FORBIDDEN)
                case OtherAccount.NOT_FOUND_404:
                    return _message("Account not found", HTTPStatus.NOT_FOUND)
                case OtherAccount.EMPTY_200:
                    return PracticeResponse(HTTPStatus.OK, b"[]")
        bodies = [donation.body() | self._accounts.extra_fields for donation in self._accounts.on_day(uid, day)]
        headers = (("Link", f'<{PATH}?page=2>; rel="next"'),) if fault is AnedotFault.MORE_PAGES else ()
        return PracticeResponse(HTTPStatus.OK, json.dumps(_changed(bodies, fault)).encode(), headers=headers)


def _changed(bodies: list[dict[str, object]], fault: AnedotFault) -> object:
    match fault:
        case AnedotFault.WRAPPED:
            return {"transactions": bodies}
        case AnedotFault.WITHOUT_STATUS:
            return [{name: value for name, value in body.items() if name != "status"} for body in bodies]
        case AnedotFault.NUMBER_AS_ID:
            return [{**body, "id": number} for number, body in enumerate(bodies, 1)]
        case AnedotFault.SAME_ID:
            return [{**body, "id": "d1"} for body in bodies]
        case _:
            return bodies


def _message(text: str, status: HTTPStatus) -> PracticeResponse:
    return PracticeResponse(status, json.dumps({"message": text}).encode())


_REFUSALS: Final[Mapping[AnedotFault, PracticeResponse]] = {
    AnedotFault.FORBIDDEN_403: _message("Forbidden", HTTPStatus.FORBIDDEN),
    AnedotFault.UNAUTHORIZED_401: _message("Unauthorized", HTTPStatus.UNAUTHORIZED),
    AnedotFault.THROTTLED_429: _message("Too Many Requests", HTTPStatus.TOO_MANY_REQUESTS),
    AnedotFault.QUOTA_429: _message("Limit Exceeded", HTTPStatus.TOO_MANY_REQUESTS),
    AnedotFault.ERROR_500: _message("Internal server error", HTTPStatus.INTERNAL_SERVER_ERROR),
    AnedotFault.ERROR_503: web_page(HTTPStatus.SERVICE_UNAVAILABLE, "503", "Service Temporarily Unavailable"),
    AnedotFault.NOT_JSON: PracticeResponse(HTTPStatus.OK, b"[{"),
    AnedotFault.WEB_PAGE: web_page(HTTPStatus.OK, "Log in", "Please log in to this network."),
    AnedotFault.REDIRECT_302: PracticeResponse(
        HTTPStatus.FOUND, content_type=HTML_TYPE, headers=(("Location", "/login"),)
    ),
}


def _send(given: PracticeResponse, start_response: "StartResponse") -> Iterable[bytes]:
    status = HTTPStatus(given.status)
    headers = [("Content-Length", str(len(given.body))), *given.headers]
    if given.content_type is not None:
        headers.append(("Content-Type", given.content_type))
    start_response(f"{status.value} {status.phrase}", headers)
    return (given.body,)


def _cut(given: PracticeResponse, start_response: "StartResponse", connection: ServerConnection) -> Iterator[bytes]:
    (body,) = _send(given, start_response)
    yield body[: len(body) // 2]
    _break(connection)


def _endless(start_response: "StartResponse") -> Iterator[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    yield b"["
    while True:
        yield _FILLER


def _break(connection: ServerConnection) -> None:
    connection.abort()
    # cheroot reads the number to tell this from a fault of the server.
    raise ConnectionResetError(ECONNRESET, os.strerror(ECONNRESET))


class AnedotServer(LoopbackServer):
    """Serves the stand-in Anedot."""

    def __init__(self) -> None:
        super().__init__("stand-in Anedot", port=0)
        self.accounts = StandInAccounts()
        self.uid = FIRST_ACCOUNT
        self.key = self.accounts.add_key()

    def _application(self) -> AnedotApplication:
        return AnedotApplication(self.accounts)
