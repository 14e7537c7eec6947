"""The HTTP client of an ActiveCampaign account: one request out, one reply in."""

import ssl
import threading
import time
from typing import Final, cast
from urllib.parse import urlsplit

import requests
import urllib3
from urllib3 import HTTPConnectionPool, Timeout

from ac_desktop import __version__
from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.activecampaign.response_deadline import TooLongError, set_deadline
from ac_desktop.activecampaign.tls import TlsAdapter
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.payload import wire
from ac_desktop.model.redact import MASK, SHORTEST_SECRET

CONNECT_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 30.0
WHOLE_TIMEOUT: Final = 60.0
"""Seconds for one whole response, however slowly its bytes arrive."""
LARGEST_BODY: Final = 4 * 1024 * 1024
_CHUNK: Final = 64 * 1024


class Client:
    """Sends requests to one account with one key, over one HTTP connection per thread.

    Redirects are never followed, TLS is always verified, cookies are not kept, and the environment's proxies and
    netrc are not used. The key is masked where a response quotes it. `send` never raises for network failures.
    """

    def __init__(self, address: AccountAddress, key: str) -> None:
        self._base = address.base
        self._path = urlsplit(address.base).path
        self._headers = {
            "Api-Token": key,
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": f"AC-Desktop/{__version__}",
        }
        self._body_headers = {**self._headers, "Content-Type": "application/json; charset=utf-8"}
        self._secret = key.encode() if len(key) >= SHORTEST_SECRET else b""
        self._local = threading.local()

    def send(self, request: Request) -> Reply:
        """Send a request and return its whole response, within bounds of time and size."""
        started = time.monotonic()
        try:
            return self._exchange(request, started)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            return NoResponse(
                trouble=_transport_failure(error), detail=type(error).__name__, duration_ms=_elapsed_ms(started)
            )

    def _exchange(self, request: Request, started: float) -> Reply:
        response = self._adapter().pool.urlopen(
            request.method,
            self._path + request.path,
            body=None if request.body is None else wire(request.body),
            headers=self._headers if request.body is None else self._body_headers,
            timeout=Timeout(connect=CONNECT_TIMEOUT, read=READ_TIMEOUT),
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
        )
        try:
            content = bytearray()
            while chunk := response.read1(_CHUNK, decode_content=True):
                content += chunk
                if len(content) > LARGEST_BODY:
                    break
        finally:
            # A complete response has released its connection; after an incomplete one it cannot be reused.
            response.close()
        return Response(
            status=response.status,
            headers={name.lower(): self._masked(value.encode()).decode() for name, value in response.headers.items()},
            body=self._masked(bytes(content[:LARGEST_BODY])),
            complete=len(content) <= LARGEST_BODY,
            duration_ms=_elapsed_ms(started),
        )

    def _masked(self, content: bytes) -> bytes:
        """Return a response's content with our key masked: responses are quoted in reasons, logs and messages."""
        return content.replace(self._secret, MASK.encode()) if self._secret else content

    def close_thread(self) -> None:
        """Close this thread's HTTP connection; called by a thread that ends."""
        adapter: _Adapter | None = getattr(self._local, "adapter", None)
        if adapter is not None:
            adapter.close()
            self._local.adapter = None

    def _adapter(self) -> "_Adapter":
        adapter: _Adapter | None = getattr(self._local, "adapter", None)
        if adapter is None:
            adapter = self._local.adapter = _Adapter(self._base)
        return adapter


class _Adapter(TlsAdapter):
    """One HTTP connection to an account, set up by requests with its certificates and without a proxy.

    A requests session prepares the same URL, headers and settings for each call, which costs more than the call
    itself; here that is done once.
    """

    def __init__(self, base: str) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        pool = self.get_connection_with_tls_context(requests.Request("GET", base).prepare(), verify=True)
        self.cert_verify(pool, base, verify=True, cert=None)  # type: ignore[no-untyped-call]
        self.pool: Final = cast("HTTPConnectionPool", pool)
        set_deadline(self.pool, lambda: WHOLE_TIMEOUT)


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
