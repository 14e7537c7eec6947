"""The HTTP client of an ActiveCampaign account: one request out, one reply in."""

import http.cookiejar
import ssl
import threading
import time
from typing import Any, Final

import requests
import urllib3
from requests.adapters import HTTPAdapter

from ac_desktop import __version__
from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.activecampaign.response_deadline import TooLongError, set_deadline
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.payload import wire
from ac_desktop.model.redact import MASK, SHORTEST_SECRET


def context() -> ssl.SSLContext:
    """Return a context that verifies the peer and ignores the environment."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.hostname_checks_common_name = False
    return made


class TlsAdapter(HTTPAdapter):
    """An adapter with our own TLS context, also through a proxy."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  as requests calls it
        """Use the context for every connection."""
        super().init_poolmanager(*arguments, **named, ssl_context=context())

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:  # noqa: ANN401  as requests calls it
        """Use the context for every connection through a proxy."""
        return super().proxy_manager_for(proxy, **named, ssl_context=context())


CONNECT_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 30.0
WHOLE_TIMEOUT: Final = 60.0
"""Seconds for one whole response, however slowly its bytes arrive."""
LARGEST_BODY: Final = 4 * 1024 * 1024
KEY_HEADER: Final = "Api-Token"
_PIECE: Final = 64 * 1024
_BODY_HEADERS: Final = {"Content-Type": "application/json; charset=utf-8"}


class Client:
    """Sends requests to one account with one key, over one session per thread.

    Redirects are never followed, TLS is always verified, cookies are not kept, and the environment's proxies and
    netrc are not used. The key is masked where a response quotes it. `send` never raises for network failures.
    Another service than ActiveCampaign may take its key in another header, and have larger responses.
    """

    def __init__(
        self, address: AccountAddress, key: str, *, key_header: str = KEY_HEADER, largest_body: int | None = None
    ) -> None:
        self._base = address.base
        self._key = key
        self._key_header = key_header
        self._largest_body = LARGEST_BODY if largest_body is None else largest_body
        self._secret = key.encode() if len(key) >= SHORTEST_SECRET else b""
        self._local = threading.local()

    def send(self, request: Request) -> Reply:
        """Send a request and return its whole response, within bounds of time and size."""
        started = time.monotonic()
        try:
            return self._exchange(request, started)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            return NoResponse(
                trouble=_transport_failure(error), detail=_kind(error).__name__, duration_ms=_elapsed_ms(started)
            )

    def _exchange(self, request: Request, started: float) -> Reply:
        content = bytearray()
        with self._session().request(
            request.method,
            self._base + request.path,
            data=None if request.body is None else wire(request.body),
            headers=None if request.body is None else _BODY_HEADERS,
            timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
            allow_redirects=False,
            stream=True,
        ) as response:
            for piece in response.iter_content(_PIECE):
                content += piece
                if len(content) > self._largest_body:
                    break
        return Response(
            status=response.status_code,
            headers={name.lower(): self._masked(value.encode()).decode() for name, value in response.headers.items()},
            body=self._masked(bytes(content[: self._largest_body])),
            complete=len(content) <= self._largest_body,
            duration_ms=_elapsed_ms(started),
        )

    def _masked(self, content: bytes) -> bytes:
        """Return a response's content with our key masked: responses are quoted in reasons, logs and messages."""
        return content.replace(self._secret, MASK.encode()) if self._secret else content

    def close_thread(self) -> None:
        """Close this thread's session; called by a thread that ends."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is not None:
            session.close()
            self._local.session = None

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = _Session(self._key, self._key_header)
        return session


class _Session(requests.Session):
    """A session with the key that follows no redirect, keeps no cookie and reads nothing of the environment."""

    def __init__(self, key: str, key_header: str) -> None:
        super().__init__()
        self.trust_env = False
        self.headers = requests.structures.CaseInsensitiveDict(
            {
                key_header: key,
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                "User-Agent": f"AC-Desktop/{__version__}",
            }
        )
        self.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter())

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None: requests would read the whole body of a redirect to see where it leads."""


class _Adapter(TlsAdapter):
    """An adapter for one connection, whose responses have a deadline."""

    def __init__(self) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  as requests calls it
        """Limit every response."""
        super().init_poolmanager(*arguments, **named)
        set_deadline(self.poolmanager, lambda: WHOLE_TIMEOUT)


def _elapsed_ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


_FAILURES: Final[tuple[tuple[type[BaseException], TransportFailure], ...]] = (
    (TooLongError, TransportFailure.BROKEN),
    (urllib3.exceptions.ProxyError, TransportFailure.PROXY),
    (ssl.SSLEOFError, TransportFailure.LOST),
    (ssl.SSLZeroReturnError, TransportFailure.LOST),
    (urllib3.exceptions.SSLError, TransportFailure.TLS),
    (urllib3.exceptions.NameResolutionError, TransportFailure.NAME_NOT_FOUND),
    (urllib3.exceptions.ConnectTimeoutError, TransportFailure.UNREACHABLE),
    (urllib3.exceptions.NewConnectionError, TransportFailure.UNREACHABLE),
    (urllib3.exceptions.TimeoutError, TransportFailure.TIMED_OUT),
    (TimeoutError, TransportFailure.TIMED_OUT),
    (urllib3.exceptions.DecodeError, TransportFailure.BROKEN),
)


def _kind(error: BaseException) -> type[BaseException]:
    """Return the kind of an error, that of the error inside where requests has wrapped it into one of its own."""
    while isinstance(error, requests.RequestException | urllib3.exceptions.MaxRetryError):
        inner = error.reason if isinstance(error, urllib3.exceptions.MaxRetryError) else next(iter(error.args), None)
        if not isinstance(inner, BaseException):
            break
        error = inner
    return type(error)


def _transport_failure(error: BaseException) -> TransportFailure:
    """Return the failure behind an error of the libraries, the most specific cause first."""
    chain = list(_causes(error))
    for kind, trouble in _FAILURES:
        if any(isinstance(cause, kind) for cause in chain):
            return trouble
    return TransportFailure.LOST


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    pending: list[object] = [error]
    while pending:
        cause = pending.pop()
        if isinstance(cause, BaseException) and not any(cause is known for known in found):
            found.append(cause)
            pending += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
    return found
