"""Keeps every test, and every program that a test starts, from reaching any address but this computer's own."""

import runpy
import socket
import sys
from pathlib import Path
from typing import Any

ALLOWED = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104  compared, never bound to


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(ALLOWED):
            raise RuntimeError(f"A test tried to reach {address}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
        if not name.startswith(ALLOWED):
            raise socket.gaierror(socket.EAI_NONAME, "No names but this computer's own are known in tests")


_resolve = socket.getaddrinfo


def _resolve_localhost(host: str | bytes | None, *rest: Any, **more: Any) -> Any:
    """Resolve `localhost` where no hosts file names it, as on a system that was just made."""
    return _resolve("127.0.0.1" if host in {"localhost", b"localhost"} else host, *rest, **more)


if "coverage" in sys.modules:
    runpy.run_path(str(Path(__file__).parents[1] / "tracing.py"))
socket.getaddrinfo = _resolve_localhost
sys.addaudithook(_guard)
