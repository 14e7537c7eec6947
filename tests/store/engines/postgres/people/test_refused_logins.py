"""A login that is refused is told from a server that is away, in whatever language the server says it."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from ac_desktop.store.engines.postgres.people.office_server import PostgresOfficeServer
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
SSL_REQUEST = struct.pack("!i", 80877103)
MD5_WANTED = b"R" + struct.pack("!ii", 12, 5) + b"salt"


def refusal(text: str) -> bytes:
    """Return the message by which a server ends a login (PostgreSQL's documentation, “ErrorResponse”)."""
    fields = b"".join(part.encode() + b"\0" for part in ("SFATAL", "VFATAL", "C28P01", f"M{text}")) + b"\0"
    return b"E" + struct.pack("!i", len(fields) + 4) + fields


@contextmanager
def answering(last: bytes) -> Iterator[OfficeAddress]:
    """Run a server that asks for a password, and then says its last within a `with`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connected, _ = listening.accept()
                except OSError:
                    return
                with connected:
                    if connected.recv(4096)[4:8] == SSL_REQUEST:
                        connected.sendall(b"N")
                        connected.recv(4096)
                    connected.sendall(MD5_WANTED)
                    connected.recv(4096)
                    connected.sendall(last)

        threading.Thread(target=serve, daemon=True).start()
        port = listening.getsockname()[1]
        yield OfficeAddress(host="127.0.0.1", port=port, database="donors", user="ana", password="own words")
        # Linux wakes who waits for a caller by this alone; Windows does when the socket is closed, and refuses this.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("last", "trouble"),
    [
        (refusal('password authentication failed for user "ana"'), StoreProblem.REFUSED),
        (refusal("la autentificación password falló para el usuario «ana»"), StoreProblem.REFUSED),
        (refusal("Passwort-Authentifizierung für Benutzer »ana« fehlgeschlagen"), StoreProblem.REFUSED),
        (refusal("the database system is shutting down"), StoreProblem.AWAY),
        (refusal('too many connections for role "ana"'), StoreProblem.AWAY),
        (b"", StoreProblem.AWAY),
    ],
)
def test_a_refused_login_is_no_server_that_is_away(last: bytes, trouble: StoreProblem) -> None:
    with answering(last) as address, pytest.raises(StoreError) as caught:
        PostgresOfficeServer(address).member()
    assert caught.value.trouble is trouble, str(caught.value)
    assert "own words" not in str(caught.value)
