"""Checks of an account before and between relays: address, key and list, never with donor data."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.activecampaign import requests, responses
from ac_desktop.activecampaign.rate_limited_sender import GaveUp, RateLimitedSender, Sender
from ac_desktop.activecampaign.rate_limiter import RequestLimiter
from ac_desktop.activecampaign.requests import Request
from ac_desktop.activecampaign.responses import ContactLost, Refused
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import DEFAULT_PACE
from ac_desktop.model.outside import LARGEST_SHOWN, number, text
from ac_desktop.model.payload import JsonObject
from ac_desktop.model.reason_codes import BY_KEY
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.relay.clock import Clock

BUSY_PATIENCE: Final = 60.0
"""Seconds that a check waits for a busy account before it fails."""

MOST_LISTS: Final = 10_000
"""Lists that are requested at most, as an account's pages may never end."""


class CheckStep(StrEnum):
    """What a check found wrong, in the order of the checks."""

    ADDRESS = "address"
    KEY = "key"
    LIST = "list"


class CheckError(Exception):
    """A check failed; its reason is shown to the person."""

    def __init__(self, step: CheckStep, why: Reason) -> None:
        super().__init__(why.text)
        self.step = step
        self.reason = why


@dataclass(frozen=True)
class KeyOwner:
    """The owner of a key."""

    first_name: str
    last_name: str
    email: str
    username: str


@dataclass(frozen=True)
class AccountList:
    """A list of the account; `active_subscribers` is None where it is not given."""

    id: str
    name: str
    active_subscribers: int | None


class AccountCheck:
    """Requests an account's own data, within its rate limit. Every method blocks and may raise CheckError."""

    def __init__(
        self, rate_limiter: RequestLimiter, clock: Clock, sender_for: Callable[[AccountAddress, str], Sender]
    ) -> None:
        self._rate_limiter = rate_limiter
        self._clock = clock
        self._sender_for = sender_for

    def owner(self, address: AccountAddress, key: str, pace: int = DEFAULT_PACE) -> KeyOwner:
        """Return the key's owner."""
        body = self._request(address, key, pace, requests.users_me(), "user", CheckStep.KEY)
        user = body["user"]
        values = user if isinstance(user, dict) else {}
        return KeyOwner(*(text(values.get(name)) for name in ("firstName", "lastName", "email", "username")))

    def lists(self, address: AccountAddress, key: str, pace: int = DEFAULT_PACE) -> tuple[AccountList, ...]:
        """Return all lists that the key's owner may see, except deleted ones and those for text messages."""
        found: dict[str, AccountList] = {}
        offset = 0
        while True:
            body = self._request(address, key, pace, requests.lists_page(offset), "lists", CheckStep.LIST)
            page = body["lists"]
            rows = [row for row in page if isinstance(row, dict)] if isinstance(page, list) else []
            fresh = [row for row in rows if text(row.get("id")) not in found]
            for row in fresh:
                found[text(row.get("id"))] = _HIDDEN if _is_hidden(row) else _account_list(row)
            offset += requests.LIST_PAGE
            if len(rows) < requests.LIST_PAGE or not fresh or offset >= MOST_LISTS:
                return tuple(entry for entry in found.values() if entry is not _HIDDEN)

    def list_named(self, address: AccountAddress, key: str, list_id: str, pace: int = DEFAULT_PACE) -> AccountList:
        """Return one list by its ID."""
        body = self._request(address, key, pace, requests.one_list(list_id), "list", CheckStep.LIST, list_id)
        entry = body["list"]
        if not isinstance(entry, dict) or text(entry.get("id")) != list_id or _is_hidden(entry):
            raise CheckError(CheckStep.LIST, reason(ReasonCode.LIST_UNKNOWN, list=list_id))
        return _account_list(entry)

    def _request(
        self,
        address: AccountAddress,
        key: str,
        pace: int,
        request: Request,
        expected: str,
        step: CheckStep,
        list_id: str = "",
    ) -> JsonObject:
        sender = self._sender_for(address, key)
        limited = RateLimitedSender(
            sender,
            self._rate_limiter,
            self._clock.now,
            address.account,
            pace,
            stopping=lambda: False,
            patience=BUSY_PATIENCE,
        )
        try:
            reply = limited.send(request)
        finally:
            sender.close_thread()
        if isinstance(reply, GaveUp):
            raise CheckError(step, reason(ReasonCode.BUSY))
        read = responses.read_object(reply, expected, list_id=list_id)
        if isinstance(read, Refused):
            raise CheckError(_step_of(read.reason, step), read.reason)
        if isinstance(read, ContactLost):
            raise CheckError(step, _not_found_reason(step, list_id))
        return read


_HIDDEN: Final = AccountList("", "", None)


def _is_hidden(row: JsonObject) -> bool:
    """Whether a list is deleted, or for text messages: donors cannot be mailed there."""
    return row.get("channel") == "sms" or bool(row.get("deletestamp"))


def _step_of(why: Reason, requested: CheckStep) -> CheckStep:
    if why.code in BY_KEY:
        return requested
    return CheckStep.LIST if why.code is ReasonCode.LIST_UNKNOWN else CheckStep.ADDRESS


def _not_found_reason(step: CheckStep, list_id: str) -> Reason:
    if step is CheckStep.LIST and list_id:
        return reason(ReasonCode.LIST_UNKNOWN, list=list_id)
    return reason(ReasonCode.WRONG_ADDRESS, status=404)


def _account_list(row: JsonObject) -> AccountList:
    active = number(row.get("active_subscribers") or None, LARGEST_SHOWN)
    return AccountList(text(row.get("id")), text(row.get("name")), active)
