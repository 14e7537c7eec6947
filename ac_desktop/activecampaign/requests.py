"""The calls an account understands and what can come back, apart from the library that carries them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final
from urllib.parse import quote

from ac_desktop.activecampaign.response_bodies import json_object
from ac_desktop.model.payload import ContactPayload, JsonObject, ListPayload

LIST_PAGE: Final = 100
"""The most rows a page gives (reference "Pagination"); without `limit` it is 20."""


class TransportFailure(StrEnum):
    """Why there is no answer."""

    NAME_NOT_FOUND = "name not found"
    UNREACHABLE = "unreachable"
    LOST = "lost"
    TIMED_OUT = "timed out"
    TLS = "tls"
    PROXY = "proxy"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Response:
    """What came back: status, headers by lower-case name, body; `complete` is False where the body was too long."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool = True
    duration_ms: int = 0

    @cached_property
    def json(self) -> JsonObject | None:
        """The body as a JSON object, if it is whole and is one; read once, however many ask."""
        return json_object(self.body) if self.complete else None


@dataclass(frozen=True, kw_only=True)
class NoResponse:
    """Nothing usable came back."""

    trouble: TransportFailure
    detail: str = ""
    duration_ms: int = 0


Reply = Response | NoResponse


@dataclass(frozen=True)
class Request:
    """One call, as the log shows it; `path` follows the account's `/api/3`."""

    method: str
    path: str
    body: JsonObject | None = None


def users_me() -> Request:
    """Ask whose key it is (the provider's own test of a key)."""
    return Request("GET", "/users/me")


def lists_page(offset: int) -> Request:
    """Ask for a page of lists."""
    return Request("GET", f"/lists?limit={LIST_PAGE}&offset={offset}")


def one_list(list_id: str) -> Request:
    """Ask for one list."""
    return Request("GET", f"/lists/{quote(list_id, safe='')}")


def sync_contact(payload: ContactPayload) -> Request:
    """Create or update a contact by its e-mail."""
    return Request("POST", "/contact/sync", payload.body())


def contact_of(email: str) -> Request:
    """Look a contact up by its e-mail; a filter that is not understood gives everybody, so compare what comes."""
    return Request("GET", f"/contacts?email={quote(email, safe='')}")


def memberships(contact_id: str, offset: int = 0) -> Request:
    """Ask for a page of the lists that a contact is on, or was."""
    path = f"/contacts/{quote(contact_id, safe='')}/contactLists?limit={LIST_PAGE}"
    return Request("GET", f"{path}&offset={offset}" if offset else path)


def join_list(payload: ListPayload) -> Request:
    """Put a contact onto a list."""
    return Request("POST", "/contactLists", payload.body())
