"""The practice account as a WSGI application: key, faults, rate limit, response and headers, in the real order."""

import errno
import json
import os
import re
import secrets
import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol

from werkzeug.wrappers import Request

from ac_desktop.practice import routes
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import BadKey, Faults, Garbled, MissingKey, Outage, OverLimit, WrongAccount
from ac_desktop.practice.limits import SlidingWindow
from ac_desktop.practice.request_log import KEY_HEADER, MASK, LoggedRequest
from ac_desktop.practice.requests import ApiCall
from ac_desktop.practice.responses import (
    HTML_TYPE,
    ISSUES_PAGE,
    NOT_FOUND_PAGE,
    PracticeResponse,
    answer,
    dump,
    empty,
    forbidden,
    web_page,
)
from ac_desktop.practice.web_page import WebPage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

API: Final = "/api/3"
CONNECTION: Final = "practice.connection"
"""The key of the connection in the WSGI environment."""

_IDS: Final = frozenset({"id", "contact", "list"})
_SLASHES = re.compile(r"//+")
_OUTAGES: Final = {
    Outage.ERROR_500: HTTPStatus.INTERNAL_SERVER_ERROR,
    Outage.ERROR_502: HTTPStatus.BAD_GATEWAY,
    Outage.ERROR_503: HTTPStatus.SERVICE_UNAVAILABLE,
    Outage.ERROR_504: HTTPStatus.GATEWAY_TIMEOUT,
}


class ServerConnection(Protocol):
    """A connection that can be broken."""

    def abort(self) -> None:
        """Break the connection, so that the client sees a reset."""


class PracticeApplication:
    """Answers every request to the practice account."""

    def __init__(
        self, account: PracticeAccount, rate: float, latency: float, base: str, stopping: threading.Event
    ) -> None:
        self._account = account
        self._rate = SlidingWindow(rate)
        self._latency = latency
        self._base = base
        self._stopping = stopping
        self._page = WebPage(account, base)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        body = self._answer(environ, start_response)
        return () if environ["REQUEST_METHOD"] == "HEAD" else body

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        sent = environ["REQUEST_URI"].partition("?")[0]
        path = sent if sent.startswith("//") else request.path
        if path == API or path.startswith((f"{API}/", "//")):
            return self._answer_call(request, path, environ[CONNECTION], start_response)
        if self._page.has(path):
            return self._page.respond(request)(environ, start_response)
        return _send(NOT_FOUND_PAGE, start_response, ())

    def _answer_call(
        self, request: Request, path: str, connection: ServerConnection, start: "StartResponse"
    ) -> Iterable[bytes]:
        body = request.get_data(cache=False)
        logged = self._log(request, path, body)
        faults = self._account.faults_for(logged)
        if faults.outage is Outage.RESET_BEFORE:
            _break(connection)
        given, is_done = self._decide(request, body, logged, faults)
        self._stopping.wait(self._latency + faults.slow_seconds)
        is_lost = is_done and faults.bulk_lost and logged.operation == "import/bulk_import"
        if faults.outage is Outage.RESET_AFTER or is_lost:
            _break(connection)
        is_good = is_done and given.is_good
        if is_good:
            given = _garbled(_with_integer_ids(given) if faults.integer_ids else given, faults.garbled)
        self._account.log.answered(logged, given.status)
        send = _cut if is_good and faults.garbled is Garbled.CUT_BODY else _send
        return send(given, start, self._rate_headers(given, faults))

    def _log(self, request: Request, path: str, body: bytes) -> LoggedRequest:
        headers = {name: MASK if name == KEY_HEADER else self._account.mask(value) for name, value in request.headers}
        return self._account.log.arrived(
            request.method,
            path,
            self._account.mask(request.query_string.decode("latin-1")),
            headers,
            self._account.mask_bytes(body),
            key_known=self._account.knows_key(request.headers.get(KEY_HEADER, "")),
        )

    def _decide(
        self, request: Request, body: bytes, logged: LoggedRequest, faults: Faults
    ) -> tuple[PracticeResponse, bool]:
        """Return the response, and whether it comes from the call itself rather than from a check before it."""
        if "//" in logged.path:
            target = self._base + _SLASHES.sub("/", logged.path)
            return _redirect(HTTPStatus.MOVED_PERMANENTLY, target), False
        refused = (
            _outage(faults.outage)
            or _wrong_account(faults.wrong_account, self._base)
            or (empty(HTTPStatus.PAYMENT_REQUIRED) if faults.lapsed else None)
            or _refused_key(request, logged, faults)
            or self._over_limit(logged, faults)
        )
        if refused is not None:
            return refused, False
        with self._account.locked():
            call = ApiCall(self._account, faults, self._base, request.args, body, logged.at)
            return routes.handle(call, request.method, logged.path.removeprefix(API) or "/"), True

    def _over_limit(self, logged: LoggedRequest, faults: Faults) -> PracticeResponse | None:
        if not faults.always_busy and self._rate.admit(logged.at):
            return None
        match faults.over_limit:
            case OverLimit.EMPTY_503:
                return empty(HTTPStatus.SERVICE_UNAVAILABLE)
            case OverLimit.HTML_503:
                return web_page(HTTPStatus.SERVICE_UNAVAILABLE, "503", "Service Temporarily Unavailable")
            case OverLimit.RETRY_503:
                return PracticeResponse(
                    HTTPStatus.SERVICE_UNAVAILABLE, content_type=None, headers=(("Retry-After", "1"),)
                )
        limit = f"{self._rate.limit:g}"
        headers = (
            *_retry_after(faults.over_limit, logged.at),
            ("RateLimit-Limit", limit),
            ("RateLimit-Remaining", "0"),
        )
        return PracticeResponse(HTTPStatus.TOO_MANY_REQUESTS, headers=headers)

    def _rate_headers(self, given: PracticeResponse, faults: Faults) -> tuple[tuple[str, str], ...]:
        if not (given.is_good and faults.rate_headers and self._rate.limit):
            return ()
        return (
            ("RateLimit-Limit", f"{self._rate.limit:g}"),
            ("RateLimit-Remaining", str(self._rate.remaining)),
        )


def _break(connection: ServerConnection) -> None:
    connection.abort()
    raise _reset()


def _reset() -> ConnectionResetError:
    """Return the error of a connection that broke; cheroot reads the number to know it from a fault of the server."""
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


def _outage(how: Outage) -> PracticeResponse | None:
    if how is Outage.ISSUES_PAGE_200:
        return PracticeResponse(HTTPStatus.OK, ISSUES_PAGE, HTML_TYPE)
    if how is Outage.ISSUES_PAGE:
        return PracticeResponse(HTTPStatus.SERVICE_UNAVAILABLE, ISSUES_PAGE, HTML_TYPE)
    status = _OUTAGES.get(how)
    return None if status is None else web_page(status, f"{status.value} {status.phrase}", "cloudflare")


def _wrong_account(how: WrongAccount, base: str) -> PracticeResponse | None:
    match how:
        case WrongAccount.OFF:
            return None
        case WrongAccount.REDIRECT_302:
            return _redirect(HTTPStatus.FOUND, f"{base}/login")
        case WrongAccount.REDIRECT_301:
            return _redirect(HTTPStatus.MOVED_PERMANENTLY, f"{base}/login")
        case WrongAccount.HTML_404:
            return NOT_FOUND_PAGE
        case WrongAccount.HTML_200:
            return web_page(HTTPStatus.OK, "Log in", "Please log in to your account.")


def _redirect(status: HTTPStatus, target: str) -> PracticeResponse:
    return PracticeResponse(status, content_type=HTML_TYPE, headers=(("Location", target),))


def _refused_key(request: Request, logged: LoggedRequest, faults: Faults) -> PracticeResponse | None:
    if not request.headers.get(KEY_HEADER):
        is_as_bad = faults.missing_key is MissingKey.AS_BAD_KEY
        return _bad_key(faults.bad_key if is_as_bad else BadKey[faults.missing_key.name])
    if not logged.key_known:
        return _bad_key(faults.bad_key)
    every = faults.spurious_403_every
    if faults.refuse_everything or (every and logged.number % every == 0):
        return empty(HTTPStatus.FORBIDDEN)
    return None


def _bad_key(how: BadKey) -> PracticeResponse:
    match how:
        case BadKey.EMPTY_403:
            return empty(HTTPStatus.FORBIDDEN)
        case BadKey.EMPTY_JSON_403:
            return PracticeResponse(HTTPStatus.FORBIDDEN)
        case BadKey.FORBIDDEN_403:
            return forbidden("You do not have permission.")
        case BadKey.JSON_401:
            return answer({"message": "Unauthorized"}, HTTPStatus.UNAUTHORIZED)
        case BadKey.EMPTY_200:
            return answer("")


def _retry_after(how: OverLimit, at: float) -> tuple[tuple[str, str], ...]:
    match how:
        case OverLimit.NO_HEADER:
            return ()
        case OverLimit.RETRY_30:
            return (("Retry-After", "30"),)
        case OverLimit.HTTP_DATE:
            return (("Retry-After", formatdate(at + 2, usegmt=True)),)
        case _:
            return (("Retry-After", "1"),)


def _with_integer_ids(given: PracticeResponse) -> PracticeResponse:
    return replace(given, body=dump(_integers(json.loads(given.body))))


def _integers(value: object, name: str = "") -> object:
    """Write ids as numbers, as was seen of `contact` and `list`."""
    if isinstance(value, dict):
        return {key: _integers(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_integers(inner) for inner in value]
    is_id = name in _IDS and isinstance(value, str) and value.isascii() and value.isdigit()
    return int(str(value)) if is_id else value


def _garbled(given: PracticeResponse, how: Garbled) -> PracticeResponse:
    match how:
        case Garbled.EMPTY_9001:
            return PracticeResponse(HTTPStatus.OK, headers=(("X-Ac-Error", "Code 9001"),))
        case Garbled.EMPTY_OBJECT:
            return PracticeResponse(given.status, b"{}")
        case Garbled.HTML_200:
            return web_page(HTTPStatus.OK, "Welcome", "Please log in to your account.")
        case Garbled.BROKEN_JSON:
            return PracticeResponse(given.status, given.body[: len(given.body) // 2])
        case Garbled.NOT_UTF8:
            return PracticeResponse(given.status, given.body[:-1] + b',"note":"caf\xe9"}')
        case Garbled.ODD_ID | Garbled.WRONG_ECHO:
            return PracticeResponse(given.status, dump(_twisted(json.loads(given.body), how)))
        case Garbled.OFF | Garbled.CUT_BODY:
            return given


def _twisted(body: object, how: Garbled) -> object:
    """Change the ids of the record that was asked for."""
    if not isinstance(body, dict):
        return body
    for record in body.values():
        if isinstance(record, dict):
            names = ("id",) if how is Garbled.ODD_ID else ("contact", "list", "email")
            for name in names:
                if name in record:
                    record[name] = "n/a" if how is Garbled.ODD_ID else f"9{record[name]}"
    return body


def _head(given: PracticeResponse, own: tuple[tuple[str, str], ...]) -> tuple[str, list[tuple[str, str]]]:
    status = HTTPStatus(given.status)
    headers = [
        ("Content-Length", str(len(given.body))),
        ("Cache-Control", "no-store, no-cache, must-revalidate"),
        ("Set-Cookie", f"PHPSESSID={secrets.token_hex(16)}; path=/; HttpOnly"),
        ("X-Request-Id", str(uuid.uuid4())),
        ("Cf-Cache-Status", "DYNAMIC"),
        ("Cf-Ray", f"{secrets.token_hex(8)}-ORD"),
        ("Server", "cloudflare"),
        *given.headers,
        *own,
    ]
    if given.content_type is not None:
        headers.append(("Content-Type", given.content_type))
    return f"{status.value} {status.phrase}", headers


def _send(
    given: PracticeResponse, start_response: "StartResponse", own: tuple[tuple[str, str], ...]
) -> Iterable[bytes]:
    start_response(*_head(given, own))
    return (given.body,)


def _cut(given: PracticeResponse, start_response: "StartResponse", own: tuple[tuple[str, str], ...]) -> Iterator[bytes]:
    start_response(*_head(given, own))
    yield given.body[: len(given.body) // 2]
    raise _reset()
