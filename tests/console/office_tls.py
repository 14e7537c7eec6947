"""An office's server has to show a certificate of its issuer for its own name, or nobody logs in there."""

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation
from tests.postgres_server import PostgresServer, server

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
SSL_REQUEST = struct.pack("!i", 80877103)
CLEAR_PASSWORD_WANTED = b"R" + struct.pack("!ii", 8, 3)
"""Messages of the protocol (PostgreSQL's documentation, “Message Formats”)."""


@pytest.fixture(scope="module")
def issuer() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def encrypted() -> Iterator[PostgresServer]:
    running = PostgresServer(is_small=True)
    yield running
    running.close()


def show(running: PostgresServer, certificate: trustme.LeafCert) -> None:
    """Let a server show a certificate from now on."""
    chain = b"".join(part.bytes() for part in certificate.cert_chain_pems)
    running.encrypt(chain, certificate.private_key_pem.bytes())


def written(authority: trustme.CA, file: Path) -> Path:
    """Write the certificate of an issuer; return the file."""
    authority.cert_pem.write_to_path(file)
    return file


def test_a_server_that_is_known_by_its_issuer_is_used_also_by_who_is_invited(
    tmp_path: Path, encrypted: PostgresServer, issuer: trustme.CA
) -> None:
    show(encrypted, issuer.issue_cert("127.0.0.1"))
    database = OfficeDatabase(encrypted)
    a = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    created = a("office", "create", "--server", database.url, "--ca", written(issuer, tmp_path / "ca.pem"))
    assert created.code == 0, created.err
    a("office", "invite", f"ana_{database.mark}", "--role", "staff", "--out", tmp_path / "ana.acoffice")
    (tmp_path / "ca.pem").unlink()
    b = OfficeWorkstation(tmp_path / "b", "anas")
    assert b("office", "join", tmp_path / "ana.acoffice").code == 0
    assert b("connections", "--json").code == 0


@pytest.mark.parametrize("name", ["127.0.0.1", "other.example.org"])
def test_another_issuer_or_another_name_is_refused_before_the_password_leaves(
    tmp_path: Path, encrypted: PostgresServer, issuer: trustme.CA, name: str
) -> None:
    shown_by = trustme.CA() if name == "127.0.0.1" else issuer
    show(encrypted, shown_by.issue_cert(name))
    database = OfficeDatabase(encrypted)
    a = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    ran = a("office", "create", "--server", database.url, "--ca", written(issuer, tmp_path / "ca.pem"))
    assert ran.code == 2
    assert "can't prove" in ran.err
    assert not (tmp_path / "a" / "office.json").exists()


def test_a_server_without_encryption_is_refused_where_a_certificate_is_expected(
    tmp_path: Path, issuer: trustme.CA
) -> None:
    database = OfficeDatabase()
    a = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    ran = a("office", "create", "--server", database.url, "--ca", written(issuer, tmp_path / "ca.pem"))
    assert ran.code == 2
    assert "doesn't encrypt" in ran.err
    assert f":{server().port}" in ran.err


def ask_in_clear(listening: socket.socket, heard: list[bytes]) -> None:
    """Answer whoever connects without encryption, and ask for the password itself."""
    while True:
        try:
            connected, _ = listening.accept()
        except OSError:
            return
        with connected:
            said = connected.recv(4096)
            if said[4:8] == SSL_REQUEST:
                connected.sendall(b"N")
                said = connected.recv(4096)
            connected.sendall(CLEAR_PASSWORD_WANTED)
            heard += [said, connected.recv(4096)]


def test_a_server_that_asks_for_the_password_itself_does_not_get_it(tmp_path: Path) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=ask_in_clear, args=(listening, heard), daemon=True).start()
        url = f"postgresql://boss@127.0.0.1:{listening.getsockname()[1]}/donors"
        ran = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)("office", "create", "--server", url)
        listening.shutdown(socket.SHUT_RDWR)
    assert ran.code == 2
    assert "can't prove" in ran.err
    assert b"boss" in b"".join(heard)
    assert OWNER_PASSWORD.encode() not in b"".join(heard)
