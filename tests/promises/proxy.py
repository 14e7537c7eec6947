"""A proxy between us and the practice account, on real sockets; it spoils what passes through until it is mended."""

import socket
import ssl
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import trustme

from ac_desktop.model.address import API_PATH, AccountAddress
from ac_desktop.practice.request_log import operation
from tests.activecampaign.servers import read_message

HOST: Final = "localhost"
_ADDRESS: Final = "127.0.0.1"
_LONGEST_TALK: Final = 10.0


@dataclass
class Exchange:
    """One request on its way: what was asked, where an answer is written, and how to get the real one."""

    client: socket.socket
    request: bytes
    upstream: int
    mended: threading.Event

    def real_answer(self) -> bytes:
        """Pass the request on to the practice account and return its whole answer."""
        with socket.create_connection((_ADDRESS, self.upstream), _LONGEST_TALK) as account:
            account.sendall(self.request)
            return read_message(account)

    def send(self, data: bytes) -> None:
        """Send some bytes at once."""
        self.client.sendall(data)

    def wait_for_mending(self) -> None:
        """Keep the connection open and say nothing more."""
        self.mended.wait(_LONGEST_TALK)


Tamper = Callable[[Exchange], None]
"""What the network does with one request; the connection is closed afterwards."""
Greet = Callable[[socket.socket], None]
"""What it does with a connection before anything is said."""


class Certificates:
    """An authority made up for the tests, and what it vouches for, or does not."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self._stranger = trustme.CA()
        now = datetime.now(UTC)
        self.good = self._served(self._authority.issue_cert(HOST))
        self.other_host = self._served(self._authority.issue_cert("other.example.org"))
        self.expired = self._served(
            self._authority.issue_cert(HOST, not_before=now - timedelta(days=9), not_after=now - timedelta(days=1))
        )
        self.not_yet = self._served(
            self._authority.issue_cert(HOST, not_before=now + timedelta(days=1), not_after=now + timedelta(days=9))
        )
        self.nobodys = self._served(self._stranger.issue_cert(HOST))
        self.self_signed = _self_signed()

    def trusted(self, folder: Path) -> Path:
        """Write down whom the tests' clients trust."""
        file = folder / "trusted.pem"
        self._authority.cert_pem.write_to_path(file)
        return file

    @staticmethod
    def _served(certificate: trustme.LeafCert) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context


def _self_signed() -> ssl.SSLContext:
    """Serve with an authority's own, self-signed certificate."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(authority.private_key_pem.bytes() + authority.cert_pem.bytes())
        file.flush()
        context.load_cert_chain(file.name)
    return context


class FaultProxy:
    """Passes requests on; those of one operation it tampers with, until `mend`."""

    def __init__(
        self,
        upstream: int,
        *,
        tls: ssl.SSLContext | None,
        tampered_path: str = "",
        tamper: Tamper | None = None,
        greet: Greet | None = None,
        spoilt_tls: ssl.SSLContext | None = None,
        listens: bool = True,
    ) -> None:
        self._upstream = upstream
        self._tls = tls
        self._path = tampered_path
        self._tamper = tamper
        self._greet = greet
        self._spoilt_tls = spoilt_tls
        self._mended = threading.Event()
        self._socket = socket.create_server((_ADDRESS, 0))
        self._port: int = self._socket.getsockname()[1]
        self._talks: list[threading.Thread] = []
        self._accepting: threading.Thread | None = None
        self._stopping = False
        if listens:
            self._listen()
        else:
            self._socket.close()

    @property
    def address(self) -> AccountAddress:
        """The account's address by way of this proxy."""
        scheme = "https" if self._tls else "http"
        return AccountAddress(f"{scheme}://{HOST}:{self._port}{API_PATH}")

    @property
    def is_mended(self) -> bool:
        """Whether everything is passed on."""
        return self._mended.is_set()

    def mend(self) -> None:
        """From now on pass everything on."""
        self._mended.set()
        if self._accepting is None and not self._stopping:
            self._socket = socket.create_server((_ADDRESS, self._port))
            self._listen()

    def _listen(self) -> None:
        self._accepting = threading.Thread(target=self._accept, name="fault proxy")
        self._accepting.start()

    def _accept(self) -> None:
        while True:
            client, _ = self._socket.accept()
            if self._stopping:
                client.close()
                return
            client.settimeout(_LONGEST_TALK)
            talk = threading.Thread(target=self._talk, args=(client,), name="fault proxy's talk")
            self._talks.append(talk)
            talk.start()

    def _talk(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            if self._greet is not None and not self._mended.is_set():
                self._greet(client)
                return
            spoilt = None if self._mended.is_set() else self._spoilt_tls
            tls = spoilt or self._tls
            with tls.wrap_socket(client, server_side=True) if tls else client as wrapped:
                while request := read_message(wrapped):
                    if not self._pass_on(wrapped, request):
                        return

    def _pass_on(self, client: socket.socket, request: bytes) -> bool:
        """Answer one request; whether the connection is still good for another one."""
        exchange = Exchange(client, request, self._upstream, self._mended)
        path = request.split(b" ", 2)[1].decode().partition("?")[0]
        if self._tamper is None or self._mended.is_set() or operation(path) != self._path:
            client.sendall(exchange.real_answer())
            return True
        self._tamper(exchange)
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopping = True
        self._mended.set()
        if self._accepting is not None:
            socket.create_connection((_ADDRESS, self._port)).close()
            self._accepting.join()
            self._socket.close()
        for talk in self._talks:
            talk.join()
