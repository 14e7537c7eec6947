"""Anedot's transaction API: its one request, what its responses mean, and why a fetch brought nothing.

Version 4.0 (anedot.help/finance/api, “Transaction API (limited)”): `GET /v4/transactions` with `account_id` (the
account's UID) and `created_at` (a day, YYYY-MM-DD), and the key in the header `x-api-key`. There are no pages. The
form of a transaction is that of its “Example Response”. Which errors the API has is not documented: 403 and 429 are
those of the gateway that reads the key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.importing.values.donation_status import DonationColumn, DonationState, read_donation_state
from ac_desktop.model.address import API_PATH, AccountAddress, AddressError, is_loopback, parse_address
from ac_desktop.model.outside import is_deep, parsed
from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import ANEDOT_URL_VARIABLE


class FetchProblem(StrEnum):
    """Why nothing was fetched. Nothing is taken in then, also not of the days that were read before."""

    NOT_SET_UP = "not_set_up"
    NO_KEY = "no_key"
    KEY_REFUSED = "key_refused"
    WRONG_ACCOUNT = "wrong_account"
    TOO_MANY_REQUESTS = "too_many_requests"
    NO_REQUESTS_LEFT = "no_requests_left"
    TOO_SOON = "too_soon"
    ANSWER_CHANGED = "answer_changed"
    ANSWER_TOO_LONG = "answer_too_long"
    REDIRECTED = "redirected"
    SERVER_TROUBLE = "server_trouble"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    TLS_FAILED = "tls_failed"
    NOT_IMPORTED = "not_imported"
    """Anedot's donations cannot be read as a file; the text of the outcome says why."""


def problem_text(problem: FetchProblem) -> str:
    """Return what happened, what it means for the donors, and what to do next."""
    return " ".join((_what_happened(problem), tr("Nothing was queued."), _what_to_do(problem)))


def _what_happened(problem: FetchProblem) -> str:
    return {
        FetchProblem.NOT_SET_UP: tr("This connection has no Anedot account yet."),
        FetchProblem.NO_KEY: tr("There is no Anedot API key for this connection."),
        FetchProblem.KEY_REFUSED: tr("Anedot rejected this API key."),
        FetchProblem.WRONG_ACCOUNT: tr("Anedot doesn't know this account UID."),
        FetchProblem.TOO_MANY_REQUESTS: tr("Anedot accepts no more requests at the moment."),
        FetchProblem.NO_REQUESTS_LEFT: tr("This account has too few requests left this month."),
        FetchProblem.TOO_SOON: tr("AC Desktop fetched from this account less than an hour ago."),
        FetchProblem.ANSWER_CHANGED: tr("Anedot's response isn't in the form that AC Desktop knows."),
        FetchProblem.ANSWER_TOO_LONG: tr("Anedot's response is too long."),
        FetchProblem.REDIRECTED: tr("Anedot sent the request to another address."),
        FetchProblem.SERVER_TROUBLE: tr("Anedot has a problem on its side."),
        FetchProblem.TIMED_OUT: tr("Anedot took too long to respond."),
        FetchProblem.UNREACHABLE: tr("AC Desktop can't reach Anedot."),
        FetchProblem.TLS_FAILED: tr("AC Desktop can't connect to Anedot securely."),
        FetchProblem.NOT_IMPORTED: tr("AC Desktop can't read Anedot's donations."),
    }[problem]


def _what_to_do(problem: FetchProblem) -> str:
    return {
        FetchProblem.NOT_SET_UP: tr("Enter your Anedot account UID."),
        FetchProblem.NO_KEY: tr("Enter the API key that Anedot gave you."),
        FetchProblem.KEY_REFUSED: tr("Check the API key, and ask Anedot whether your account is approved."),
        FetchProblem.WRONG_ACCOUNT: tr("Copy the UID of the account that the donations belong to."),
        FetchProblem.TOO_MANY_REQUESTS: tr("Fetch again later."),
        FetchProblem.NO_REQUESTS_LEFT: tr("Choose fewer days, or fetch again next month."),
        FetchProblem.TOO_SOON: tr("AC Desktop fetches again later."),
        FetchProblem.ANSWER_CHANGED: tr("Export the donations from Anedot and import the file."),
        FetchProblem.ANSWER_TOO_LONG: tr("Fetch fewer days at a time, or import a file from Anedot."),
        FetchProblem.REDIRECTED: tr("Check whether this network requires you to sign in."),
        FetchProblem.SERVER_TROUBLE: tr("Fetch again later."),
        FetchProblem.TIMED_OUT: tr("Fetch again later."),
        FetchProblem.UNREACHABLE: tr("Check the internet connection, then fetch again."),
        FetchProblem.TLS_FAILED: tr("Check the date of this computer, then ask your IT staff."),
        FetchProblem.NOT_IMPORTED: tr("Export the donations from Anedot and import the file."),
    }[problem]


KEY_HEADER: Final = "x-api-key"
VERSION_PATH: Final = "/v4"

_ADDRESS: Final = "https://api.anedot.com"
_UID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def transactions_on(uid: str, day: date) -> Request:
    """Return the request for an account's transactions of a day."""
    return Request("GET", f"/transactions?account_id={quote(uid, safe='')}&created_at={day.isoformat()}")


def anedot_address(given: str | None) -> AccountAddress:
    """Return the address of Anedot's API; another one that is given has to be on this computer.

    Raise AddressError, whose text is a sentence for the person.
    """
    if not given:
        return AccountAddress(f"{_ADDRESS}{VERSION_PATH}")
    address = parse_address(given)
    if not is_loopback(address.host):
        raise AddressError(
            tr("{variable} can only name an address on this computer, such as 127.0.0.1.", variable=ANEDOT_URL_VARIABLE)
        )
    return AccountAddress(f"{address.base.removesuffix(API_PATH)}{VERSION_PATH}")


def parse_uid(text: str) -> str:
    """Parse an account's UID: letters and digits, as third-party help and Anedot's samples have it.

    Raise AddressError, whose text is a sentence for the person.
    """
    uid = text.strip().strip("\"'“”").strip()
    if not uid:
        raise AddressError(tr("Enter your Anedot account UID."))
    if not _UID.fullmatch(uid):
        raise AddressError(tr("This isn't an account UID. A UID has only letters and digits."))
    return uid


COMPLETED: Final = "completed"
"""The one documented status of a transaction; the export profile reads it too."""
MOST_TRANSACTIONS: Final = 50_000
"""Transactions of one day."""

_ID: Final = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_NEEDED: Final = ("id", "email", "status", "created_at")
_NEVER_EMPTY: Final = ("id", "status", "created_at")
_STATUS_PROBLEMS: Final[Mapping[int, FetchProblem]] = {
    HTTPStatus.UNAUTHORIZED: FetchProblem.KEY_REFUSED,
    HTTPStatus.FORBIDDEN: FetchProblem.KEY_REFUSED,
    HTTPStatus.BAD_REQUEST: FetchProblem.WRONG_ACCOUNT,
    HTTPStatus.NOT_FOUND: FetchProblem.WRONG_ACCOUNT,
    HTTPStatus.UNPROCESSABLE_ENTITY: FetchProblem.WRONG_ACCOUNT,
    HTTPStatus.TOO_MANY_REQUESTS: FetchProblem.TOO_MANY_REQUESTS,
}
_TRANSPORT_PROBLEMS: Final[Mapping[TransportFailure, FetchProblem]] = {
    TransportFailure.NAME_NOT_FOUND: FetchProblem.UNREACHABLE,
    TransportFailure.UNREACHABLE: FetchProblem.UNREACHABLE,
    TransportFailure.LOST: FetchProblem.UNREACHABLE,
    TransportFailure.PROXY: FetchProblem.UNREACHABLE,
    TransportFailure.TIMED_OUT: FetchProblem.TIMED_OUT,
    TransportFailure.TLS: FetchProblem.TLS_FAILED,
    TransportFailure.BROKEN: FetchProblem.ANSWER_TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction as Anedot has it, with what is needed to know it again."""

    id: str
    status: str
    fields: Mapping[str, object]

    @property
    def is_completed(self) -> bool:
        """Whether the donation was completed, and not refunded since."""
        return self.status.strip().casefold() == COMPLETED

    @property
    def is_refunded(self) -> bool:
        """Whether the donation was given back."""
        return read_donation_state(DonationColumn.STATUS, self.status) is DonationState.REFUNDED


def read_transactions(reply: Reply) -> tuple[Transaction, ...] | FetchProblem:
    """Return the transactions of a day, or why none of them can be taken in."""
    if isinstance(reply, NoResponse):
        return _TRANSPORT_PROBLEMS[reply.trouble]
    if reply.status != HTTPStatus.OK:
        return _problem_of(reply.status)
    if not reply.complete:
        return FetchProblem.ANSWER_TOO_LONG
    if _has_more_pages(reply):
        return FetchProblem.ANSWER_CHANGED
    return _transactions(reply.body)


def _problem_of(status: int) -> FetchProblem:
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return FetchProblem.REDIRECTED
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FetchProblem.SERVER_TROUBLE
    return _STATUS_PROBLEMS.get(status, FetchProblem.ANSWER_CHANGED)


def _has_more_pages(response: Response) -> bool:
    """Whether this is one page of several: the API may get pages, and a first page taken for all would lose donors."""
    return "next" in response.headers.get("link", "").casefold()


def _transactions(body: bytes) -> tuple[Transaction, ...] | FetchProblem:
    try:
        found = parsed(body)
    except ValueError:
        return FetchProblem.ANSWER_CHANGED
    if not isinstance(found, list) or len(found) > MOST_TRANSACTIONS:
        return FetchProblem.ANSWER_CHANGED
    transactions = [_transaction(entry) for entry in found]
    whole = [one for one in transactions if one is not None]
    if len(whole) < len(transactions) or len({one.id for one in whole}) < len(whole):
        return FetchProblem.ANSWER_CHANGED
    return tuple(whole)


def _transaction(entry: object) -> Transaction | None:
    """Return a transaction, None where it is not in the known form."""
    if not isinstance(entry, dict) or is_deep(entry) or any(name not in entry for name in _NEEDED):
        return None
    if not all(isinstance(entry[name], str) and entry[name].strip() for name in _NEVER_EMPTY):
        return None
    if not _ID.fullmatch(entry["id"]):
        return None
    if not (entry["email"] is None or isinstance(entry["email"], str)):
        return None
    return Transaction(entry["id"], entry["status"], entry)
