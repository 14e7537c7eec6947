"""An account whose answers are made by chance: well-formed ones, and such with extremes in every field.

What it answers depends on the request and on the dice alone, so a seed repeats a run of one worker.
"""

import copy
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.model.payload import JsonObject
from tests.promises.hostile_answers import HEADERS, bodies

STATUSES: Final = (
    *(200, 201) * 6,
    *(202, 204, 206, 299, 300, 301, 302, 304, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 415, 418),
    *(422, 422, 422, 423, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 520, 599, 600, 999, 0, 99),
)
_HUGE, _INFINITE, _DEEP = "@huge@", "@infinite@", "@deep@"
_RAW: Final = {_HUGE: "9" * 5_000, _INFINITE: "1e999", _DEEP: "[" * 400 + "]" * 400}
"""What no JSON encoder writes, put in the place of a text."""
EXTREMES: Final[tuple[object, ...]] = (
    *(None, True, False, 0, -1, 1, 1.0, 1.5, -0.0, 1e308, 2**31, 2**53, 2**63, -(2**63), 10**300),
    *("", " ", "0", "1", "01", " 1", "1.0", "-1", "+1", "1e3", "0x1", "²", "٣", "９", "1_000", "NaN", "2026-13-41"),  # noqa: RUF001
    *("9" * 40, "9" * 5_000, "x" * 100_000, "é\n\r\t\0\x1b[31m", "\u202edrow", "\ud800", "\udfff\ud800", "😀"),
    *([], {}, [[]], [None], [{}], {"": ""}, ["a"] * 10_000, [{"id": 1}] * 6_000, [[["a"]]], float("nan")),
    *(_HUGE, _INFINITE, _DEEP),
)
_HEADERS: Final = (
    *("retry-after", "ratelimit-limit", "ratelimit-remaining", "content-type", "x-request-id", "location"),
    *("cf-ray", "x-ac-error", "date", "set-cookie"),
)
_HEADER_VALUES: Final = (
    *("", "0", "1", "5", "-1", "0.001", "1e9", "²", "٣", "9" * 5_000, "x" * 60_000, "\xff\xfe", "text/html", "nan"),
    *("Mon, 01 Jan 2035 00:00:00 GMT", "Mon, 99 Foo 99999999999 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -2359"),
    *("application/json", "https://evil.example/\x00", "inf", "1, 2"),
)
_LARGEST_EACH: Final = 400
"""One answer in so many is as large as the client lets one be."""
_FAULT_EACH: Final = 25
"""One odd answer in so many is a fault of ours instead."""
_WELL_SHARES: Final = (0.3, 0.6, 0.85, 0.95)
"""How many answers are well: few, so that five in a row fail, or most, so that a relay gets far."""


class PutInError(Exception):
    """A fault of ours, put in on purpose."""


class OddAccount:
    """A sender whose answers are made by chance; it notes what each one cost the processor until the next request."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not a secret
        self._well_share = self.dice.choice(_WELL_SHARES)
        self._guard = threading.Lock()
        self._began: float | None = None
        self._last = ""
        self._contacts: dict[str, int] = {}
        self.answers = 0
        self.faults = 0
        self.slowest = (0.0, "")

    def send(self, request: Request) -> Reply:
        self.rest()
        with self._guard:
            self.answers += 1
            reply = self._reply(request)
        self._last = f"{request.method} {request.path}: {_shown(reply)!r}"[:300]
        self._began = time.process_time()
        return reply

    def rest(self) -> None:
        """End the measuring of the last answer."""
        began, self._began = self._began, None
        if began is not None:
            self.slowest = max(self.slowest, (time.process_time() - began, self._last))

    def close_thread(self) -> None:
        """Holds nothing."""

    def _reply(self, request: Request) -> Reply:
        dice, well = self.dice, self._well(request)
        if dice.random() < self._well_share:
            return Response(status=201 if request.path == "/contact/sync" else 200, headers={}, body=_bytes(well))
        if not dice.randrange(_FAULT_EACH):
            self.faults += 1
            raise PutInError
        if not dice.randrange(15):
            return NoResponse(trouble=dice.choice(list(TransportFailure)), detail="x" * dice.choice((0, 10, 100_000)))
        return Response(
            status=dice.choice(STATUSES) if dice.randrange(3) else 200,
            headers=self._headers(),
            body=self._body(well),
            complete=bool(dice.randrange(20)),
            duration_ms=dice.choice((0, 1, 60_000, 2**40)),
        )

    def _headers(self) -> dict[str, str]:
        if not self.dice.randrange(20):
            return dict(HEADERS)
        return {name: self.dice.choice(_HEADER_VALUES) for name in _HEADERS if not self.dice.randrange(4)}

    def _body(self, well: JsonObject) -> bytes:
        dice = self.dice
        if not dice.randrange(_LARGEST_EACH):
            return dice.choice(list(bodies().values()))
        match dice.randrange(12):
            case 0:
                return dice.choice(list(bodies().values()))[: dice.choice((0, 1, 3, 100, 5_000, 70_000))]
            case 1:
                return dice.randbytes(dice.choice((0, 1, 50, 5_000)))
            case 2:
                return _bytes(dice.choice(EXTREMES))
            case 3:
                return _bytes(self._errors())
            case _:
                odd: JsonObject = json.loads(json.dumps(well))
                for _ in range(dice.randint(0, 3)):
                    self._twist(odd)
                return _bytes(odd)

    def _errors(self) -> JsonObject:
        dice = self.dice
        pointed = dice.choice(("list", "contact", "email", "x" * 10_000, ""))
        error: JsonObject = {
            "title": dice.choice(EXTREMES),
            "detail": dice.choice(EXTREMES),
            "error": dice.choice(("list_not_exist", "contact_not_exist", "", *EXTREMES)),
            "source": dice.choice(({"pointer": f"/data/attributes/{pointed}"}, *EXTREMES)),
        }
        reasons = [{"contact": dice.choice(EXTREMES), "failureReason": dice.choice(EXTREMES)} for _ in range(3)]
        message = dice.choice(("No Result found for _List with id 1", "Rate limit", *EXTREMES))
        return {"errors": [error] * dice.choice((0, 1, 50)), "failureReasons": reasons, "message": message}

    def _extreme(self) -> object:
        return copy.deepcopy(self.dice.choice(EXTREMES))

    def _twist(self, body: object) -> None:
        """Go down into a body by chance, and change, drop or add something there."""
        dice = self.dice
        while True:
            inner: list[object] = []
            if isinstance(body, dict):
                inner = [value for value in body.values() if isinstance(value, dict | list) and value]
            elif isinstance(body, list):
                inner = [value for value in body if isinstance(value, dict | list) and value]
            if not inner or not dice.randrange(3):
                break
            body = dice.choice(inner)
        if isinstance(body, dict) and body:
            key = dice.choice(list(body))
            if dice.randrange(6):
                body[key] = self._extreme()
            else:
                del body[key]
        elif isinstance(body, list):
            body.insert(dice.randint(0, len(body)), self._extreme())

    def _well(self, request: Request) -> JsonObject:
        address = urlsplit(request.path)
        parts, query = address.path.strip("/").split("/"), parse_qs(address.query)
        known = _WELL.get(parts[0])
        if parts[0] == "contacts" and len(parts) > 1:
            return self._memberships(parts[1])
        return known(self, request, query) if known else {parts[0]: [], "meta": {"total": "0"}}

    def contact(self, email: str) -> JsonObject:
        number = self._contacts.setdefault(email, len(self._contacts) + 1)
        return {"id": str(number), "email": email, "phone": "", "firstName": "Annie", "lastName": ""}

    def _memberships(self, contact_id: str) -> JsonObject:
        rows = [
            {"contact": contact_id, "list": str(number), "status": str(self.dice.choice((0, 1, 1, 2, 3)))}
            for number in (1, 2, 3)
            if not self.dice.randrange(4)
        ]
        return {"contactLists": rows, "meta": {"total": str(len(rows))}}


Query = dict[str, list[str]]


def _sync(account: OddAccount, request: Request, _: Query) -> JsonObject:
    sent = (request.body or {}).get("contact")
    return {"contact": account.contact(str(sent["email"]) if isinstance(sent, dict) else "")}


def _join(_: OddAccount, request: Request, __: Query) -> JsonObject:
    sent = (request.body or {}).get("contactList")
    return {"contacts": [], "contactList": {**sent, "id": "7"} if isinstance(sent, dict) else {}}


def _look(account: OddAccount, _: Request, query: Query) -> JsonObject:
    found = [account.contact(email) for email in query.get("email", ()) if account.dice.randrange(2)]
    return {"contacts": found, "meta": {"total": str(len(found))}}


def _import(account: OddAccount, request: Request, _: Query) -> JsonObject:
    if request.method == "POST":
        return {"Success": 1, "queued_contacts": 250, "batchId": f"made-up-{account.answers}"}
    return {
        "status": account.dice.choice(("completed", "completed", "active", "failed")),
        "success": [],
        "failure": [],
    }


_LIST: Final[JsonObject] = {"id": "1", "name": "Donors", "channel": "email", "active_subscribers": "12"}
_WELL: Final[dict[str, Callable[[OddAccount, Request, Query], JsonObject]]] = {
    "contact": _sync,
    "contactLists": _join,
    "contacts": _look,
    "import": _import,
    "users": lambda *_: {"user": {"id": "1", "firstName": "Ann", "lastName": "", "email": "ann@example.org"}},
    "lists": lambda _, request, __: {"list": dict(_LIST)} if request.path.count("/") > 1 else {"lists": [dict(_LIST)]},
}


def _shown(reply: Reply) -> Reply:
    """Return what is printed of a reply: writing out a body of 4 MB takes longer than reading it."""
    return replace(reply, body=reply.body[:300]) if isinstance(reply, Response) else reply


def _bytes(body: object) -> bytes:
    text = json.dumps(body)
    for mark, raw in _RAW.items():
        text = text.replace(f'"{mark}"', raw)
    return text.encode()
