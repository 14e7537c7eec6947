"""The server of webhooks: POST to /anedot/NAME, signed, is queued and answered by 200; anything else is refused."""

import hmac
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, unquote, urlsplit

from cheroot import wsgi

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report
from ac_desktop.automation.webhook_intake import LARGEST_BODY, BodyError, BodyResult, WebhookIntake, read_body
from ac_desktop.model.connection import Connection
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError

_HEX_DIGITS: Final = 64


def signature_of(body: bytes, secret: str) -> str:
    """Return the signature of a body: its SHA-256 HMAC in hex with the secret (help.anedot.com, article 9038669)."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether a body has this signature; how long that takes does not depend on how much of it is right."""
    given = signature.strip().lower().encode("ascii", "replace")
    return (
        bool(secret) and len(given) == _HEX_DIGITS and hmac.compare_digest(given, signature_of(body, secret).encode())
    )


PREFIX: Final = "/anedot/"
_THREADS: Final = 32
_BACKLOG: Final = 256
_SECONDS: Final = 10
_LARGEST_HEADERS: Final = 32 * 1024
_QUIET_SECONDS: Final = 60.0
"""Between two reports of refused requests for one reason, whoever sends how many."""
_log = logging.getLogger(__name__)

_Start = Callable[[str, list[tuple[str, str]]], object]
_ANSWERS: Final = {
    BodyResult.QUEUED: HTTPStatus.OK,
    BodyResult.KNOWN: HTTPStatus.OK,
    BodyResult.IN_DOUBT: HTTPStatus.UNPROCESSABLE_ENTITY,
    BodyResult.FAILED: HTTPStatus.SERVICE_UNAVAILABLE,
}


class _RefusedError(Exception):
    """A request that is refused, with the answer's status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class WebhookApplication:
    """Checks a request, and answers once its body is queued durably. Nothing of a refused request is kept or logged."""

    def __init__(self, services: Services, intake: WebhookIntake, report: Report) -> None:
        self._services = services
        self._intake = intake
        self._report = report
        self._lock = threading.Lock()
        self._quiet_until: dict[HTTPStatus, float] = {}
        self._refused: dict[HTTPStatus, int] = {}

    def __call__(self, environ: Mapping[str, Any], start_response: _Start) -> Iterable[bytes]:
        """Answer one request."""
        try:
            status = self._answer(environ)
        except _RefusedError as error:
            status = error.status
        except StoreError:
            status = HTTPStatus.SERVICE_UNAVAILABLE
        if status is not HTTPStatus.OK:
            self._tell_refused(status)
        text = f"{status.value} {status.phrase}\n".encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))]
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "POST"))
        start_response(f"{status.value} {status.phrase}", headers)
        return [text]

    def _answer(self, environ: Mapping[str, Any]) -> HTTPStatus:
        connection = self._connection(urlsplit(str(environ.get("REQUEST_URI", ""))).path)
        if environ.get("REQUEST_METHOD") != "POST":
            raise _RefusedError(HTTPStatus.METHOD_NOT_ALLOWED)
        body = _body_of(environ)
        secret = self._services.webhook_secrets.get(connection.id)
        if secret is None or not is_signed(body, str(environ.get("HTTP_X_REQUEST_SIGNATURE", "")), secret):
            raise _RefusedError(HTTPStatus.UNAUTHORIZED)
        try:
            read = read_body(body)
        except BodyError as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST) from error
        return _ANSWERS[self._intake.take(connection.id, body, read)]

    def _connection(self, path: str) -> Connection:
        """Return the connection that a path names, as it was sent: decoded before, a name's slash parts the path."""
        if not path.startswith(PREFIX):
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        name = unquote(path.removeprefix(PREFIX))
        connection = self._services.connections.named(name) if name else None
        if connection is None:
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        return connection

    def _tell_refused(self, status: HTTPStatus) -> None:
        """Report refused requests, seldom enough that nobody fills a log with them."""
        now = self._services.clock.now()
        with self._lock:
            self._refused[status] = self._refused.get(status, 0) + 1
            if abs(self._quiet_until.get(status, 0.0) - now) < _QUIET_SECONDS:
                return
            self._quiet_until[status] = now
            count = self._refused.pop(status)
        self._report(
            AutomationEvent(
                at=now, code=AutomationCode.REFUSED, numbers={"count": count}, texts={"problem": str(status.value)}
            )
        )


def _body_of(environ: Mapping[str, Any]) -> bytes:
    """Return the raw body, of bounded size and a length that is given."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not (length.isascii() and length.isdecimal()):
        raise _RefusedError(HTTPStatus.LENGTH_REQUIRED)
    if int(length) > LARGEST_BODY:
        raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body: bytes = environ["wsgi.input"].read(int(length))
    if len(body) != int(length):
        raise _RefusedError(HTTPStatus.BAD_REQUEST)
    return body


class _Server(wsgi.Server):
    """cheroot with bounds for what strangers send."""

    expiration_interval = 0.05
    """Seconds between two looks whether to stop."""
    max_request_body_size = LARGEST_BODY
    max_request_header_size = _LARGEST_HEADERS

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:  # noqa: FBT001, FBT002  as cheroot calls it
        """Write to our log instead of the screen."""
        _log.log(level, msg, exc_info=traceback)


class WebhookServer:
    """Serves webhooks on an address of this computer; to be used in a `with`.

    Raises OSError where the address is not available.
    """

    def __init__(self, services: Services, host: str, port: int, report: Report) -> None:
        self._intake = WebhookIntake(services, report)
        application = WebhookApplication(services, self._intake, report)
        self._server = _Server(
            (host, port), application, numthreads=_THREADS, request_queue_size=_BACKLOG, timeout=_SECONDS
        )
        self._thread = threading.Thread(target=self._server.serve, name="webhooks", daemon=True)

    @property
    def address(self) -> str:
        """The address under which the paths of connections are."""
        host, port = self._server.bind_addr[:2]
        return f"http://{f'[{host}]' if ':' in str(host) else host}:{port}{PREFIX}"

    def address_of(self, connection: Connection) -> str:
        """Return the address of a connection's webhook."""
        return self.address + quote(connection.name, safe="")

    def __enter__(self) -> Self:
        self._server.prepare()
        self._intake.start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.stop()
        self._thread.join()
        self._intake.close()
