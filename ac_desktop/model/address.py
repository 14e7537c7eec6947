"""The account's API URL and list number, in every form in which people paste them.

The forms and the patterns are those of ActiveCampaign's reference "URL": the API URL is asked for, never built from an
account name, because its domain is not documented as stable.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ac_desktop.model.wording import tr

API_PATH: Final = "/api/3"

_URL = re.compile(
    r"^(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\[::1\]|[^/\s:@?#\\]+)(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?#]\S*)?$",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$")
_KNOWN = re.compile(
    r"^(?P<name>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.staging)?)\."
    r"(?:api-[a-z]{2}\d{1,2}|activehosted|listfly|api\.activecampaign)\.com$"
)
_LIST_ID = re.compile(
    r"^(?:#?(?P<id>[1-9][0-9]{0,9})|(?:(?:\S*[?&])?listid=|\S*/lists/)(?P<url_id>[1-9][0-9]{0,9})(?!\d)\S*)$"
)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_THIS_COMPUTER: Final = "127.0.0.1"
_USUAL_DOMAIN: Final = "api-us1.com"
_HTTPS_PORT: Final = "443"
_HTTP_PORT: Final = "80"
_HIGHEST_PORT: Final = 65535


class AddressNote(StrEnum):
    """A remark shown to the person about an address that is accepted."""

    MADE_SECURE = "made secure"
    UNKNOWN_HOST = "unknown host"


@dataclass(frozen=True)
class AccountAddress:
    """An account's address; `base` is the URL that every call starts with."""

    base: str
    notes: tuple[AddressNote, ...] = ()

    @property
    def host(self) -> str:
        """The host, with its port where one is named: what people read, and what the key may be sent to."""
        return self.base.partition("://")[2].partition("/")[0]

    @property
    def account(self) -> str:
        """The name of the account, the same for all of its host names (rule 14)."""
        return account_of(self.base)

    @property
    def is_loopback(self) -> bool:
        """Whether the address is on this computer, as only the practice account is."""
        return is_loopback(self.host)

    @property
    def web_base(self) -> str:
        """The address without the API's path."""
        return self.base.removesuffix(API_PATH)


class AddressError(ValueError):
    """An address or a list number that is not valid; its text is the sentence shown to the person."""


@lru_cache(maxsize=256)
def account_of(address: str) -> str:
    """Return one name for the account of a base URL or a host, the same for all of its host names.

    ActiveCampaign gives each account one name in all of its domains; on this computer accounts differ by port alone.
    Any other host is an account of its own.
    """
    found = _URL.match(address)
    if found is None:
        return address
    host = found["host"].lower().rstrip(".")
    if host in _LOOPBACK:
        usual = _HTTPS_PORT if (found["scheme"] or "").lower() == "https" else _HTTP_PORT
        return f"{_THIS_COMPUTER}:{int(found['port'] or usual)}"
    known = _KNOWN.match(host)
    return f"{known['name']}.{_USUAL_DOMAIN}" if known else host


def is_loopback(host: str) -> bool:
    """Whether a host, with its port or without, is on this computer."""
    found = _URL.match(host)
    return found is not None and found["host"].lower().rstrip(".") in _LOOPBACK


def parse_address(text: str) -> AccountAddress:
    """Parse an account's API URL.

    Raise AddressError, whose text is a sentence for the person.
    """
    found = _URL.match(text.strip().strip("\"'<>“”").strip())
    if found is None:
        if "@" in text:
            raise AddressError(tr("Enter the API URL without a user name or @ sign."))
        raise AddressError(
            tr("This isn't a web address. Copy the API URL from ActiveCampaign under Settings > Developer.")
        )
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
    return AccountAddress(f"https://{host}{API_PATH}", tuple(notes))


def _check_host(host: str, port: str | None) -> None:
    if port not in {None, _HTTPS_PORT}:
        raise AddressError(
            tr("ActiveCampaign doesn't use port {port}. Remove the colon and the number after it.", port=port)
        )
    if "." not in host:
        raise AddressError(tr("Enter the full API URL, not just the account name."))
    if not _HOST.match(host):
        raise AddressError(
            tr("“{host}” can't be an ActiveCampaign address. Copy the API URL from Settings > Developer.", host=host)
        )


def _loopback(scheme: str, host: str, port: str | None) -> AccountAddress:
    if port is not None and not 0 < int(port) <= _HIGHEST_PORT:
        raise AddressError(tr("{port} isn't a valid port. Use a number from 1 to 65535.", port=port))
    named = f"{host}:{port}" if port else host
    return AccountAddress(f"{scheme or 'http'}://{named}{API_PATH}")


def parse_list_id(text: str) -> str:
    """Parse a list's number, typed or within a pasted address.

    Raise AddressError, whose text is a sentence for the person.
    """
    found = _LIST_ID.match(text.strip())
    if found is None:
        raise AddressError(
            tr(
                "“{text}” isn't a list ID. You can find the ID after “listid=” in the list's web address.",
                text=text.strip(),
            )
        )
    return found["id"] or found["url_id"]


def clean_key(text: str) -> str:
    """Return a pasted key without its white space and quotes.

    Raise AddressError where it contains white space or control characters, which no key has and a header must not.
    """
    key = text.strip().strip("\"'“”").strip()
    if not key:
        raise AddressError(tr("Enter the API key from ActiveCampaign under Settings > Developer."))
    if not key.isprintable() or not key.isascii() or " " in key:
        raise AddressError(
            tr("This isn't an API key. It contains a space or another character that keys never have. Copy it again.")
        )
    return key
