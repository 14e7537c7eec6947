"""A server is typed as one URL, without a password, and with the file of its certificates where it has its own."""

from pathlib import Path

import pytest
import trustme

from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.server_url import ServerUrl, parse_server_url


@pytest.mark.parametrize(
    ("typed", "host", "port", "database", "owner"),
    [
        ("postgresql://boss@db.example.org/donors", "db.example.org", 5432, "donors", "boss"),
        (" postgresql://boss@db.example.org:5433/donors ", "db.example.org", 5433, "donors", "boss"),
        ("postgres://boss@127.0.0.1:6000/donors", "127.0.0.1", 6000, "donors", "boss"),
        ("postgresql://boss@[::1]:6000/donors", "::1", 6000, "donors", "boss"),
        ("postgresql://boss@[::1]/donors", "::1", 5432, "donors", "boss"),
        ("postgresql://ana%40example.org@db/do%2Fnors%20x", "db", 5432, "do/nors x", "ana@example.org"),
        ("postgresql://boss@%2Fvar%2FRun/donors", "/var/Run", 5432, "donors", "boss"),
    ],
)
def test_its_parts_are_read(typed: str, host: str, port: int, database: str, owner: str) -> None:
    assert parse_server_url(typed) == ServerUrl(host=host, port=port, database=database, owner=owner)


@pytest.mark.parametrize(
    "typed",
    [
        "", "donors", "boss@db/donors", "mysql://boss@db/donors", "postgresql://db/donors", "postgresql://boss@db",
        "postgresql://boss@db/", "postgresql://boss@/donors", "postgresql://boss@db:x/donors",
        "postgresql://boss@db:99999/donors", "postgresql://boss@[::1/donors", "postgresql://boss@db/donors#x",
        "postgresql://boss@db/donors?sslmode=disable", "postgresql://boss@db/donors?x", "postgresql://bo%00ss@db/donors",
        "postgresql://boss@db,other/donors",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_its_form(typed: str) -> None:
    with pytest.raises(StoreError, match="postgresql://OWNER@HOST"):
        parse_server_url(typed)


@pytest.mark.parametrize("typed", ["postgresql://boss:word@db/donors", "postgresql://boss:@db/donors"])
def test_a_password_in_it_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(StoreError, match="without a password") as caught:
        parse_server_url(typed)
    assert "word@" not in str(caught.value)


def test_certificates_are_read_from_the_named_file(tmp_path: Path) -> None:
    authority = trustme.CA()
    file = tmp_path / "office ca.pem"
    authority.cert_pem.write_to_path(file)
    text = authority.cert_pem.bytes().decode()
    assert parse_server_url("postgresql://boss@db/donors", file).ca == text
    named = str(file).replace(" ", "%20")
    assert parse_server_url(f"postgresql://boss@db/donors?sslrootcert={named}").ca == text


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    for content in (b"", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", b"\xff"):
        file.write_bytes(content)
        with pytest.raises(StoreError, match="no valid certificates"):
            parse_server_url("postgresql://boss@db/donors", file)
    with pytest.raises(StoreError, match="can't use the file"):
        parse_server_url("postgresql://boss@db/donors", tmp_path / "gone.pem")
