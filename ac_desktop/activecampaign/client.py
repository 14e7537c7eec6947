"""The HTTP client of an ActiveCampaign account: one request out, one reply in, with a deadline and bounds on its size.

A socket's own timeout begins anew with every byte. So a server could block a relay for ever with status lines, chunk
lengths or provisional responses that never end, or keep the processor busy with them.
"""

import http.client
import http.cookiejar
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from ac_desktop import __version__
from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.payload import wire
from ac_desktop.model.redact import MASK, SHORTEST_SECRET

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def context() -> ssl.SSLContext:
    """Return a context that verifies the peer and ignores the environment."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.hostname_checks_common_name = False
    return made


class TlsAdapter(HTTPAdapter):
    """An adapter with our own TLS context, also through a proxy."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  handed on to urllib3, whose options requests leaves open
        """Use the context for every connection."""
        super().init_poolmanager(*arguments, **named, ssl_context=context())

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:  # noqa: ANN401  urllib3's manager, which requests leaves open
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

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  handed on to urllib3, whose options requests leaves open
        """Limit every response."""
        super().init_poolmanager(*arguments, **named)
        set_deadline(self.poolmanager, lambda: WHOLE_TIMEOUT)


def _elapsed_ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


MOST_LINES: Final = 20_000
"""Lines of one response outside its body: provisional responses, headers, chunk lengths and trailers."""
MOST_PROVISIONAL: Final = 100
"""Provisional responses before one response: servers send one or two, and reading each takes its time."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one response as received, with everything around its body."""

_FIRST_FINAL_STATUS: Final = 200


class TooLongError(OSError):
    """A response has more lines or bytes than any response of an account."""


def set_deadline(pools: urllib3.PoolManager, seconds: Callable[[], float]) -> None:
    """Limit every response of a pool manager to some `seconds` after its request; called for each response."""

    class Response(_Response):
        seconds_allowed = staticmethod(seconds)

    class Plain(HTTPConnection):
        response_class = Response

    class Encrypted(HTTPSConnection):
        response_class = Response

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Encrypted

    pools.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}


class _Response(http.client.HTTPResponse):
    """A response that is read up to its deadline, and that closes its socket wherever that fails."""

    seconds_allowed: Callable[[], float]

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
        limited = _LimitedSocket(sock, time.monotonic() + self.seconds_allowed())
        super().__init__(cast("socket.socket", limited), debuglevel, method)

    def begin(self) -> None:
        """Read status line and headers, and skip every provisional response.

        One that is taken for the response leaves the real one to the next request.
        """
        try:
            super().begin()
            self._skip_provisional()
        except BaseException:
            self.close()
            raise

    def _skip_provisional(self) -> None:
        for _ in range(MOST_PROVISIONAL):
            if self.status >= _FIRST_FINAL_STATUS:
                return
            self.headers = self.msg = None  # type: ignore[assignment]  # with headers, begin() returns at once
            super().begin()
        raise TooLongError


class _LimitedSocket:
    """What a response needs of its socket: a file to read from."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a file with a deadline, and with limits on lines and bytes."""
        return _LimitedLines(_DeadlineReader(self._sock, self._deadline))


class _LimitedLines(io.BufferedReader):
    """A buffered reader with a limit on lines."""

    _lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return a line. Raise TooLongError after too many."""
        self._lines += 1
        if self._lines > MOST_LINES:
            raise TooLongError
        return super().readline(size)


class _DeadlineReader(io.RawIOBase):
    """A raw reader of a socket with a deadline and a limit on bytes."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._longest_wait = sock.gettimeout()
        self._bytes = 0

    def readable(self) -> bool:
        """Whether it can be read, which is always so."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """Read what is available, waiting until the deadline at most.

        Raise TimeoutError after it, and TooLongError after too many bytes.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("The answer was not whole in time")
        self._sock.settimeout(left if self._longest_wait is None else min(left, self._longest_wait))
        got = self._raw.readinto(buffer)
        self._bytes += got or 0
        if self._bytes > MOST_BYTES:
            raise TooLongError
        return got

    def close(self) -> None:
        """Close the socket's file."""
        self._raw.close()
        super().close()


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


_LONGEST: Final = 64
"""Characters of a Date header; a valid one has 29."""


class ServerTimeSender:
    """Sends through another sender and reports the time of each response."""

    def __init__(self, sender: Sender, on_time: Callable[[float], None]) -> None:
        self._sender = sender
        self._on_time = on_time

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for network failures."""
        reply = self._sender.send(request)
        at = server_time(reply)
        if at is not None:
            self._on_time(at)
        return reply

    def close_thread(self) -> None:
        """Close this thread's connection."""
        self._sender.close_thread()


def server_time(reply: Reply) -> float | None:
    """Return the time of a response's Date header in seconds since the epoch, None without a valid one."""
    text = reply.headers.get("date", "") if isinstance(reply, Response) else ""
    if not 0 < len(text) <= _LONGEST:
        return None
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
