"""The calls to an ActiveCampaign account: one request out, one reply in, told as it came."""

import ssl
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Final

import requests
import urllib3
from requests.adapters import HTTPAdapter

from ac_desktop import __version__
from ac_desktop.activecampaign.calls import Answer, NoAnswer, Reply, Request, Trouble
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.payload import wire

CONNECT_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 30.0
WHOLE_TIMEOUT: Final = 60.0
"""Seconds for one answer from its first to its last byte, however slowly it drips."""
LARGEST_BODY: Final = 4 * 1024 * 1024
_CHUNK: Final = 64 * 1024


class Client:
    """Talks to one account with one key, on one session a thread.

    Redirects are never followed, TLS is always verified, cookies are not kept, and the environment's proxies and
    netrc are left alone. `send` never raises for what the network does.
    """

    def __init__(self, address: AccountAddress, key: str) -> None:
        self._base = address.base
        self._headers = {
            "Api-Token": key,
            "Accept": "application/json",
            "User-Agent": f"AC-Desktop/{__version__}",
        }
        self._local = threading.local()

    def send(self, request: Request) -> Reply:
        """Send a request and read its whole answer, within bounds of time and size."""
        started = time.monotonic()
        try:
            return self._exchange(request, started)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            return NoAnswer(trouble=_trouble(error), detail=type(error).__name__, duration_ms=_since(started))

    def _exchange(self, request: Request, started: float) -> Reply:
        body = None if request.body is None else wire(request.body)
        headers = {} if body is None else {"Content-Type": "application/json; charset=utf-8"}
        with self._session().request(
            request.method,
            self._base + request.path,
            data=body,
            headers=headers,
            timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
            allow_redirects=False,
            stream=True,
        ) as response:
            content = bytearray()
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                content += chunk
                if len(content) > LARGEST_BODY:
                    response.raw.close()
                    break
                if time.monotonic() - started > WHOLE_TIMEOUT:
                    response.raw.close()
                    return NoAnswer(trouble=Trouble.TIMED_OUT, detail="SlowBody", duration_ms=_since(started))
            return Answer(
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=bytes(content[:LARGEST_BODY]),
                complete=len(content) <= LARGEST_BODY,
                duration_ms=_since(started),
            )

    def close_thread(self) -> None:
        """Close this thread's session; a thread that ends calls this."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is not None:
            session.close()
            self._local.session = None

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            session.headers.update(self._headers)
            adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0)
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            self._local.session = session
        return session


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


_KINDS: Final[tuple[tuple[type[BaseException], Trouble], ...]] = (
    (requests.exceptions.ProxyError, Trouble.PROXY),
    (urllib3.exceptions.ProxyError, Trouble.PROXY),
    (ssl.SSLEOFError, Trouble.LOST),
    (ssl.SSLZeroReturnError, Trouble.LOST),
    (requests.exceptions.SSLError, Trouble.TLS),
    (urllib3.exceptions.SSLError, Trouble.TLS),
    (urllib3.exceptions.NameResolutionError, Trouble.NAME_NOT_FOUND),
    (requests.exceptions.ConnectTimeout, Trouble.UNREACHABLE),
    (urllib3.exceptions.ConnectTimeoutError, Trouble.UNREACHABLE),
    (urllib3.exceptions.NewConnectionError, Trouble.UNREACHABLE),
    (requests.exceptions.Timeout, Trouble.TIMED_OUT),
    (urllib3.exceptions.TimeoutError, Trouble.TIMED_OUT),
    (TimeoutError, Trouble.TIMED_OUT),
    (requests.exceptions.ContentDecodingError, Trouble.BROKEN),
    (urllib3.exceptions.DecodeError, Trouble.BROKEN),
)


def _trouble(error: BaseException) -> Trouble:
    """Find what is behind an error of the libraries, the most telling cause first."""
    chain = list(_causes(error))
    for kind, trouble in _KINDS:
        if any(isinstance(cause, kind) for cause in chain):
            return trouble
    return Trouble.LOST


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    ahead: list[object] = [error]
    while ahead:
        cause = ahead.pop()
        if isinstance(cause, BaseException) and not any(cause is known for known in found):
            found.append(cause)
            ahead += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
    return found
