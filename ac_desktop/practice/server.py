"""The practice account's server and its command: cheroot on 127.0.0.1, with connections that break on demand."""

import json
import logging
import signal
import socket
import struct
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import partial
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from cheroot import server as cheroot_server
from cheroot import wsgi

from ac_desktop.model.wording import tr
from ac_desktop.practice.account import FIRST_LISTS, NEWCOMERS_LIST, PracticeAccount
from ac_desktop.practice.application import CONNECTION, PracticeApplication
from ac_desktop.practice.faults import Faults

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HOST: Final = "127.0.0.1"
RATE: Final = 5.0
"""ActiveCampaign's limit: 5 requests a second an account (reference "Rate limits")."""

_THREADS: Final = 24
_BACKLOG: Final = 128
_IDLE: Final = 75
_LINGER_FOR_NEXT: Final = 0.02
_LAST_WORDS: Final = 0.3
_LARGEST_BODY: Final = 8 * 2**20
_RESET: Final = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)
_log = logging.getLogger(__name__)

WsgiApplication = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]


class HttpConnection(cheroot_server.HTTPConnection):
    """A connection that can be broken, and that waits a moment for the next request in its own thread."""

    # Only a proxy accepts a path that starts with two slashes, and the real account answers those with a redirect.
    RequestHandlerClass = staticmethod(partial(cheroot_server.HTTPRequest, proxy_mode=True))
    _is_aborted = False

    def communicate(self) -> bool:
        """Answer requests while they arrive, then return the connection to the server."""
        while super().communicate():  # type: ignore[no-untyped-call]
            if not self.server.ready:
                return False
            # Waiting in the selector instead costs a switch of threads, and on Windows up to 50 ms.
            if not (self.rfile.has_data() or self._has_next()):
                return True
        return False

    def _has_next(self) -> bool:
        self.socket.settimeout(_LINGER_FOR_NEXT)
        try:
            return bool(self.socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False
        finally:
            self.socket.settimeout(self.server.timeout)

    def abort(self) -> None:
        """Break the connection: the client sees a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._is_aborted = True

    def close(self) -> None:
        """Close the connection; a broken one without a shutdown."""
        if self._is_aborted:
            self.rfile.close()
            self.socket.close()
        else:
            super().close()
        # What a caller who is gone did not take would be written when the writer is collected: to a closed socket.
        self.wfile.raw.close()


class _Gateway(wsgi.Gateway_10):
    """Adds the connection to the WSGI environment."""

    def __init__(self, req: Any) -> None:  # noqa: ANN401 - cheroot has no types
        super().__init__(req)
        self.env[CONNECTION] = req.conn


class HttpServer(wsgi.Server):
    """cheroot, configured for many short requests and a quick stop."""

    ConnectionClass = HttpConnection
    expiration_interval = 0.05
    keep_alive_conn_limit = 1000
    max_request_body_size = _LARGEST_BODY

    def __init__(self, port: int, application: WsgiApplication | None) -> None:
        super().__init__(
            (HOST, port),
            application,
            numthreads=_THREADS,
            request_queue_size=_BACKLOG,
            timeout=_IDLE,
        )
        self.shutdown_timeout = _LAST_WORDS
        self.gateway = _Gateway

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:  # noqa: FBT001, FBT002  as cheroot calls it
        """Write to our log instead of the screen."""
        _log.log(level, msg, exc_info=traceback)

    def put_conn(self, conn: HttpConnection) -> None:
        """Keep a connection for its next request, or close it where the server stops."""
        try:
            super().put_conn(conn)
        except ValueError:
            conn.close()

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        """Bind, and close the socket where that fails."""
        try:
            socket_.bind(bind_addr)
        except (OSError, OverflowError) as problem:
            socket_.close()
            raise OSError(f"port {bind_addr[1]}: {problem}") from problem
        return socket_

    def _serve_unservicable(self) -> None:
        """Do nothing: the queue is unbounded, so no connection is ever refused."""


class LoopbackServer(ABC):
    """Serves one application on 127.0.0.1; start it and stop it, or use it in a `with`."""

    def __init__(self, name: str, port: int) -> None:
        self._name = name
        self._port = port
        self._server: HttpServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._server is None:
            raise RuntimeError(f"the {self._name} is not running")
        port: int = self._server.bind_addr[1]
        return port

    @property
    def url(self) -> str:
        """The address, as a person would enter it."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> Self:
        """Listen and serve in a thread of its own.

        Raises OSError where the port is not available.
        """
        if self._server is not None:
            raise RuntimeError(f"the {self._name} is running already")
        server = HttpServer(self._port, None)
        server.prepare()
        self._server = server
        server.wsgi_app = self._application()
        self._thread = threading.Thread(target=server.serve, name=self._name, daemon=True)
        self._thread.start()
        return self

    @abstractmethod
    def _application(self) -> WsgiApplication:
        """Return what answers the requests, once the port is known."""

    def stop(self) -> None:
        """Stop at once; pending responses are cut off."""
        if self._server is None or self._thread is None:
            return
        self._server.stop()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class PracticeServer(LoopbackServer):
    """Serves a practice account, with a key of its own for each run."""

    def __init__(
        self,
        account: PracticeAccount | None = None,
        port: int = 0,
        *,
        rate: float = RATE,
        latency_ms: float = 0,
        faults: Faults | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        if account is not None and clock is not None:
            raise ValueError("an account has its own clock")
        if account is None:
            account = PracticeAccount(clock=clock) if clock is not None else PracticeAccount()
        if faults is not None:
            account.faults = faults
        super().__init__("practice account", port)
        self.account = account
        self.list_id = NEWCOMERS_LIST
        self._rate = rate
        self._latency = latency_ms / 1000
        self._key = ""
        self._stopping = threading.Event()

    @property
    def key(self) -> str:
        """The key of this run."""
        return self._key

    def _application(self) -> WsgiApplication:
        self._stopping.clear()
        self._key = self.account.add_key()
        return PracticeApplication(self.account, self._rate, self._latency, self.url, self._stopping)

    def stop(self) -> None:
        """Stop at once; pending responses are cut off, and the key is withdrawn."""
        self._stopping.set()
        super().stop()
        self.account.withdraw_key(self._key)


_PORT_TAKEN: Final = 2
_POLL_SECONDS: Final = 0.5


def run(port: int, rate: float, latency_ms: int, lists: int | None = None) -> int:
    """Serve a new practice account until SIGINT or SIGTERM, with this number of lists where it is given.

    The first line on stdout is JSON with `url`, `key` and `list_id`. Returns the exit code: 2 where the port is taken.
    """
    account = PracticeAccount(keep_requests=0, lists=FIRST_LISTS[:lists])
    account.add_lists((lists or 0) - len(FIRST_LISTS))
    server = PracticeServer(account, port, rate=rate, latency_ms=latency_ms)
    try:
        server.start()
    except OSError:
        sys.stderr.write(tr("Port {port} can't be used. Choose another one, or 0 for any free port.", port=port))
        sys.stderr.write("\n")
        return _PORT_TAKEN
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before: dict[signal.Signals, Any] = {}
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, stop)
        sys.stdout.write(json.dumps({"url": server.url, "key": server.key, "list_id": server.list_id}) + "\n")
        sys.stdout.flush()
        # On Windows a wait without a timeout would not receive Ctrl+C.
        while not stopped.wait(_POLL_SECONDS):
            pass
    finally:
        server.stop()
        for taken, handler in before.items():
            signal.signal(taken, handler)
    return 0
