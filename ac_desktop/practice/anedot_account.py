"""Made-up Anedot accounts: their donations, the keys that may read them, and the ways in which a response can fail."""

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

FIRST_ACCOUNT: Final = "a00000000000000000001"


class AnedotFault(StrEnum):
    """What goes wrong with a response. Which errors the real API has is not documented."""

    OFF = "nothing"
    WRAPPED = "the transactions in an object"
    WITHOUT_STATUS = "transactions without a status"
    NUMBER_AS_ID = "IDs as numbers"
    SAME_ID = "one ID for all transactions"
    NOT_JSON = "a text that is no JSON"
    WEB_PAGE = "a web page"
    MORE_PAGES = "one page of several"
    FORBIDDEN_403 = "403"
    UNAUTHORIZED_401 = "401"
    THROTTLED_429 = "429, too many requests"
    QUOTA_429 = "429, limit exceeded"
    ERROR_500 = "500"
    ERROR_503 = "503"
    REDIRECT_302 = "302 to a log-in page"
    RESET = "the connection breaks"
    CUT_BODY = "the connection breaks within the body"
    ENDLESS = "a body without end"


class OtherAccount(StrEnum):
    """The response about an account that is not one of the key's user."""

    FORBIDDEN_403 = "403"
    NOT_FOUND_404 = "404"
    EMPTY_200 = "no transactions"


@dataclass(frozen=True, kw_only=True)
class Donation:
    """A made-up donation; `created_at` as the API writes it, `amount` in cents."""

    id: str
    email: str
    created_at: str
    first_name: str = "Annie"
    last_name: str = "Dot"
    phone: str = "12252501301"
    amount: int = 2_500
    url: str = "/demo/donate"
    campaign_uid: str = "c00000000000000000001"
    status: str = "completed"

    def body(self) -> dict[str, object]:
        """Return the donation as the API has it (anedot.help/finance/api, “Example Response”)."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "email": self.email,
            "phone": self.phone,
            "amount": str(self.amount),
            "utm_codes": json.dumps(dict.fromkeys(("term", "medium", "source", "content", "campaign"))),
            "custom_fields_json": json.dumps({"favorite-color": "green"}),
            "line_1": "1 Main Street",
            "line_2": "",
            "city": "Sampleton",
            "region": "LA",
            "postal_code": "00000",
            "country": "US",
            "url": self.url,
            "created_at": self.created_at,
            "referrer": "",
            "frequency": "once",
            "campaign_uid": self.campaign_uid,
            "status": self.status,
        }


@dataclass(frozen=True, kw_only=True)
class AskedDay:
    """A request that reached the API: the account and the day asked for, and whether its key is known."""

    uid: str
    day: str
    key_known: bool


@dataclass
class StandInAccounts:
    """All accounts of the stand-in; safe to use from any thread."""

    fault: AnedotFault = AnedotFault.OFF
    faulty_days: dict[str, AnedotFault] = field(default_factory=dict)
    other_account: OtherAccount = OtherAccount.FORBIDDEN_403
    extra_fields: dict[str, str] = field(default_factory=dict)
    """Fields that every transaction has beside the documented ones."""
    asked: list[AskedDay] = field(default_factory=list)
    on_request: Callable[[AskedDay], None] | None = None
    """Is called before a request is answered; it may wait."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _donations: dict[str, dict[str, Donation]] = field(default_factory=lambda: {FIRST_ACCOUNT: {}})
    _keys: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def add_key(self, key: str = "", uids: frozenset[str] = frozenset({FIRST_ACCOUNT})) -> str:
        """Add a key, a new one by default, of a user of these accounts; return it."""
        added = key or secrets.token_hex(20)
        with self._lock:
            self._keys[added] = uids
        return added

    def donate(self, donation: Donation, uid: str = FIRST_ACCOUNT) -> None:
        """Add a donation to an account, which is created where it does not exist."""
        with self._lock:
            self._donations.setdefault(uid, {})[donation.id] = donation

    def add_samples(self, today: date) -> None:
        """Add made-up donations of today and the day before to the first account."""
        for day in (today - timedelta(days=1), today):
            for donation in _sample_donations(day):
                self.donate(donation)

    def set_status(self, donation_id: str, status: str, uid: str = FIRST_ACCOUNT) -> None:
        """Set the status of a donation, such as `refunded`."""
        with self._lock:
            self._donations[uid][donation_id] = replace(self._donations[uid][donation_id], status=status)

    def uids_of(self, key: str) -> frozenset[str] | None:
        """Return the accounts of a key's user, None for a key that is not known."""
        with self._lock:
            return self._keys.get(key)

    def has(self, uid: str) -> bool:
        """Whether the account exists."""
        with self._lock:
            return uid in self._donations

    def on_day(self, uid: str, day: str) -> list[Donation]:
        """Return an account's donations of a day, as YYYY-MM-DD."""
        with self._lock:
            return [one for one in self._donations.get(uid, {}).values() if one.created_at.startswith(day)]

    def fault_on(self, day: str) -> AnedotFault:
        """Return what goes wrong with the response about a day."""
        return self.faulty_days.get(day, self.fault)

    def arrived(self, asked: AskedDay) -> None:
        """Record a request, and wait as `on_request` does."""
        with self._lock:
            self.asked.append(asked)
        if self.on_request is not None:
            self.on_request(asked)


def _sample_donations(day: date) -> list[Donation]:
    """Return made-up donations of a day: three completed ones of two people, a refunded one and a pending one."""
    people = (
        ("Annie", "annie.dot@example.org", "completed"),
        ("Bea", "bea.dot@example.org", "completed"),
        ("Annie", "annie.dot@example.org", "completed"),
        ("Carl", "carl.dot@example.org", "refunded"),
        ("Dora", "dora.dot@example.org", "pending"),
    )
    return [
        Donation(
            id=f"d{day:%Y%m%d}{number:012d}",
            email=email,
            first_name=name,
            created_at=f"{day.isoformat()} {8 + number:02d}:45:23.921629",
            status=status,
        )
        for number, (name, email, status) in enumerate(people)
    ]
