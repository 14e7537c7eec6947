"""When a request arrived, as the system's kernel saw it: a busy account, or its computer, reads it later."""

import socket
import struct
import sys
import time
from functools import partial
from typing import Final

from cheroot import server as cheroot_server

from ac_desktop.practice.server import HOST, HttpConnection, HttpServer

_SO_TIMESTAMPING: Final = 37
_OF_ARRIVALS: Final = 1 << 3 | 1 << 4
"""SOF_TIMESTAMPING_RX_SOFTWARE and SOF_TIMESTAMPING_SOFTWARE of `linux/net_tstamp.h`."""
_ROOM: Final = 512
_SECONDS: Final = "qq"
_BILLION: Final = 1_000_000_000
_PATIENCE: Final = 3.0


class _TimedRequest(cheroot_server.HTTPRequest):
    """Asks the kernel for the time of the request's first byte, before it is read."""

    def parse_request(self) -> None:
        """Read the request, and leave with its connection when it arrived."""
        self.conn.arrived_at = _arrival(self.conn.socket)
        super().parse_request()


class _TimedConnection(HttpConnection):
    RequestHandlerClass = staticmethod(partial(_TimedRequest, proxy_mode=True))
    arrived_at: float | None = None


class TimedServer(HttpServer):
    """A server whose connections know when their latest request arrived (`arrived_at`, by the monotonic clock).

    It is None where the kernel does not tell, as outside Linux.
    """

    ConnectionClass = _TimedConnection

    def prepare(self) -> None:
        """Listen; the connections have what is set for the listening socket."""
        super().prepare()
        if sys.platform == "linux":
            self.socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPING, _OF_ARRIVALS)
            kernel_tells()


def kernel_tells() -> bool:
    """Wait until the kernel notes times, a moment after it is first asked to; return whether it does."""
    if sys.platform != "linux":
        return False
    with socket.create_server((HOST, 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPING, _OF_ARRIVALS)
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with socket.create_connection(listening.getsockname()) as asking, listening.accept()[0] as asked:
                asking.sendall(b"?")
                if _arrival(asked) is not None:
                    return True
    return False


def _arrival(connection: socket.socket) -> float | None:
    """Return when the first byte came that is not read yet; None where none comes, which is for the server to find."""
    if sys.platform == "win32":
        return None
    try:
        _, told, _, _ = connection.recvmsg(1, _ROOM, socket.MSG_PEEK)
    except OSError:
        return None
    for level, kind, data in told:
        if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPING):
            seconds, billionths = struct.unpack_from(_SECONDS, data)
            ago: float = time.time() - (seconds + billionths / _BILLION)
            return time.monotonic() - ago
    return None
