"""The API's requests and their possible replies, independent of the HTTP library."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, Never
from urllib.parse import quote

from ac_desktop.model.payload import ContactPayload, JsonObject, ListPayload

MOST_TOKENS: Final = 250_000
"""Values and escaped characters of one body; a page of 100 contacts has some 30,000."""
MOST_ROWS: Final = 5_000
"""Rows of one collection; a page has 100, an account that ignores `limit` returns more."""

_TOKENS: Final = (b"{", b"[", b",", b"\\")
_SURROGATES: Final = (b"\\ud", b"\\uD")


def json_object(body: bytes) -> JsonObject | None:
    """Return the JSON object of a strict UTF-8 body; None where it is not one, or exceeds the bounds.

    Lone surrogates, which JSON can escape and no database stores, become question marks.
    """
    if sum(map(body.count, _TOKENS)) > MOST_TOKENS:
        return None
    try:
        found = _load(body.decode("utf-8-sig"))
        if any(escape in body for escape in _SURROGATES):
            found = _load(json.dumps(found, ensure_ascii=False).encode(errors="replace").decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or any(isinstance(rows, list) and len(rows) > MOST_ROWS for rows in found.values()):
        return None
    return found


def _load(text: str) -> object:
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(constant: str) -> Never:
    """Raise ValueError for NaN and Infinity, which are not JSON."""
    raise ValueError(constant)


LIST_PAGE: Final = 100
"""The most rows of a page (reference "Pagination"); without `limit` it is 20."""


class TransportFailure(StrEnum):
    """Why there is no response."""

    NAME_NOT_FOUND = "name not found"
    UNREACHABLE = "unreachable"
    LOST = "lost"
    TIMED_OUT = "timed out"
    TLS = "tls"
    PROXY = "proxy"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Response:
    """A response: status, headers by lower-case name, body; `complete` is False where the body was too long."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool = True
    duration_ms: int = 0

    @cached_property
    def json(self) -> JsonObject | None:
        """The body as a JSON object, None where it is incomplete or not one; parsed once."""
        return json_object(self.body) if self.complete else None


@dataclass(frozen=True, kw_only=True)
class NoResponse:
    """No usable response."""

    trouble: TransportFailure
    detail: str = ""
    duration_ms: int = 0


Reply = Response | NoResponse


@dataclass(frozen=True)
class Request:
    """One request, as the log shows it; `path` follows the account's `/api/3`."""

    method: str
    path: str
    body: JsonObject | None = None


def users_me() -> Request:
    """Return the request for the key's owner (the provider's own test of a key)."""
    return Request("GET", "/users/me")


def lists_page(offset: int) -> Request:
    """Return the request for a page of lists."""
    return Request("GET", f"/lists?limit={LIST_PAGE}&offset={offset}")


def one_list(list_id: str) -> Request:
    """Return the request for one list."""
    return Request("GET", f"/lists/{quote(list_id, safe='')}")


def sync_contact(payload: ContactPayload) -> Request:
    """Return the request that creates or updates a contact by its e-mail."""
    return Request("POST", "/contact/sync", payload.body())


def contact_of(email: str) -> Request:
    """Return the request for a contact by its e-mail; an ignored filter returns everybody, so compare the rows."""
    return Request("GET", f"/contacts?email={quote(email, safe='')}")


def memberships(contact_id: str, offset: int = 0) -> Request:
    """Return the request for a page of the lists that a contact is or was on."""
    path = f"/contacts/{quote(contact_id, safe='')}/contactLists?limit={LIST_PAGE}"
    return Request("GET", f"{path}&offset={offset}" if offset else path)


def join_list(payload: ListPayload) -> Request:
    """Return the request that puts a contact onto a list."""
    return Request("POST", "/contactLists", payload.body())
