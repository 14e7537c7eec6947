"""The address of an office's server, as it is typed: postgresql://OWNER@HOST[:PORT]/DATABASE."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.files import unusable
from ac_desktop.store.office_address import OfficeAddress

DEFAULT_PORT: Final = 5432
_SCHEMES: Final = frozenset({"postgresql", "postgres"})
_CA_PARAMETER: Final = "sslrootcert"
_LONGEST_CA: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class ServerUrl:
    """A database on a server, the login that owns it, and the certificates by which the server is known."""

    host: str
    port: int
    database: str
    owner: str
    ca: str = field(default="", repr=False)

    def address(self, password: str) -> OfficeAddress:
        """Return the address with the owner's password."""
        return OfficeAddress(
            host=self.host,
            port=self.port,
            database=self.database,
            user=self.owner,
            password=password,
            ca=self.ca,
        )


def parse_server_url(text: str, ca_file: Path | None = None) -> ServerUrl:
    """Return the server that a URL names; certificates are read from `ca_file` or the file of `?sslrootcert=FILE`.

    Raise StoreError where it is no such URL, has a password in it, or the certificates cannot be read.
    """
    odd = StoreError(StoreProblem.REFUSED, StoreMessage.SERVER_URL_ODD)
    try:
        split = urlsplit(text.strip())
        if split.password is not None:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.SERVER_URL_PASSWORD)
        host, port = unquote(_host(split)), split.port or DEFAULT_PORT
        parameters = parse_qs(split.query, strict_parsing=True) if split.query else {}
    except ValueError as error:
        raise odd from error
    owner, database = unquote(split.username or ""), unquote(split.path.removeprefix("/"))
    is_whole = all(part and part.isprintable() for part in (host, owner, database))
    is_odd = split.scheme not in _SCHEMES or bool(split.fragment) or "," in host
    if is_odd or not is_whole or not set(parameters) <= {_CA_PARAMETER}:
        raise odd
    named = parameters.get(_CA_PARAMETER)
    file = ca_file or (Path(named[-1]) if named else None)
    return ServerUrl(
        host=host, port=port, database=database, owner=owner, ca=_certificates(file) if file is not None else ""
    )


def _host(split: SplitResult) -> str:
    """Return the host as it is written, without the brackets of an IPv6 address.

    `hostname` would write the folder of a socket in small letters.
    """
    place = split.netloc.rpartition("@")[2]
    if place.startswith("["):
        return split.hostname or ""
    return place.partition(":")[0]


def _certificates(file: Path) -> str:
    """Return the text of a file of certificates. Raise StoreError where it has none."""
    try:
        content = file.read_bytes()[:_LONGEST_CA].decode("ascii", "ignore")
    except OSError as error:
        raise unusable(error, file) from error
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=content)
        is_empty = not context.get_ca_certs()
    except (ssl.SSLError, ValueError):
        is_empty = True
    if is_empty:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.CERTIFICATES_ODD, file=file)
    return content
