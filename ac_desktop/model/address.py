"""The account's API URL and list number, in every form in which people paste them.

The forms and the patterns stand in ActiveCampaign's reference "URL": the address is asked for, never built from an
account name, and its domain is not promised.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model.wording import tr

API_PATH: Final = "/api/3"

_URL = re.compile(
    r"^(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>[^/\s:@?#\\]+)(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?#]\S*)?$",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$")
_KNOWN = re.compile(
    r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.staging)?\."
    r"(?:api-[a-z]{2}\d{1,2}|activehosted|listfly|api\.activecampaign)\.com$"
)
_LIST_ID = re.compile(
    r"^(?:#?(?P<id>[1-9][0-9]{0,9})|(?:(?:\S*[?&])?listid=|\S*/lists/)(?P<url_id>[1-9][0-9]{0,9})(?!\d)\S*)$"
)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1"})
_HTTPS_PORT: Final = "443"
_HIGHEST_PORT: Final = 65535


class AddressNote(StrEnum):
    """What a person is told about an address that is taken."""

    MADE_SECURE = "made secure"
    UNKNOWN_HOST = "unknown host"


@dataclass(frozen=True)
class AccountAddress:
    """An account's address: `base` is what every call starts with, `account` the key of its shared pace."""

    base: str
    account: str
    notes: tuple[AddressNote, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether the address is on this computer, as only a stand-in is."""
        return is_loopback(self.account)

    @property
    def web_base(self) -> str:
        """The address without the API's path."""
        return self.base.removesuffix(API_PATH)


class AddressError(ValueError):
    """An address or a list number that cannot be one; its text tells the person why."""


def is_loopback(account: str) -> bool:
    """Whether an account (host, or host:port) is on this computer."""
    return account.partition(":")[0] in _LOOPBACK


def parse_address(text: str) -> AccountAddress:
    """Read an account's API URL.

    Raises AddressError, whose text is a sentence for the person.
    """
    found = _URL.match(text.strip().strip("\"'<>“”").strip())
    if found is None:
        if "@" in text:
            raise AddressError(tr("Please give the address without a user name or an @ sign."))
        raise AddressError(tr("This is not a web address. Copy the API URL from ActiveCampaign, Settings, Developer."))
    scheme, host = (found["scheme"] or "").lower(), found["host"].lower().rstrip(".")
    if scheme not in {"", "http", "https"}:
        raise AddressError(tr("An API URL starts with https://, not with {scheme}://.", scheme=scheme))
    if host in _LOOPBACK:
        return _loopback(scheme, host, found["port"])
    _check_host(host, found["port"])
    notes = []
    if scheme == "http":
        notes.append(AddressNote.MADE_SECURE)
    if not _KNOWN.match(host):
        notes.append(AddressNote.UNKNOWN_HOST)
    return AccountAddress(f"https://{host}{API_PATH}", host, tuple(notes))


def _check_host(host: str, port: str | None) -> None:
    if port not in {None, _HTTPS_PORT}:
        raise AddressError(tr("ActiveCampaign has no port {port}. Leave the number after the colon out.", port=port))
    if "." not in host:
        raise AddressError(tr("Please enter the whole API URL, not the account name alone."))
    if not _HOST.match(host):
        raise AddressError(tr("“{host}” cannot be the address of an ActiveCampaign account.", host=host))


def _loopback(scheme: str, host: str, port: str | None) -> AccountAddress:
    if port is not None and not 0 < int(port) <= _HIGHEST_PORT:
        raise AddressError(tr("There is no port {port}.", port=port))
    account = f"{host}:{port}" if port else host
    return AccountAddress(f"{scheme or 'http'}://{account}{API_PATH}", account)


def parse_list_id(text: str) -> str:
    """Read a list's number, typed or within a pasted address.

    Raises AddressError, whose text is a sentence for the person.
    """
    found = _LIST_ID.match(text.strip())
    if found is None:
        raise AddressError(
            tr("“{text}” is not a list number. It stands in the list's web address after “listid=”.", text=text.strip())
        )
    return found["id"] or found["url_id"]


def clean_key(text: str) -> str:
    """Trim a pasted key and its quotes.

    Raises AddressError where it holds white space or control characters, which no key has and a header must not.
    """
    key = text.strip().strip("\"'“”").strip()
    if not key:
        raise AddressError(tr("Please enter the API key from ActiveCampaign, Settings, Developer."))
    if not key.isprintable() or not key.isascii() or " " in key:
        raise AddressError(tr("This is not a key: it holds a space or a sign that keys do not have. Copy it again."))
    return key
