"""An office's server has to show a certificate of its issuer for its own name, or nobody logs in there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation
from tests.postgres_server import PostgresServer, server


@pytest.fixture(scope="module")
def issuer() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def encrypted() -> Iterator[PostgresServer]:
    running = PostgresServer()
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
