"""What Anedot's responses mean: transactions, or why there are none.

The form of a transaction is that of the “Example Response” of anedot.help/finance/api. Which errors the API has is not
documented: 403 and 429 are those of the gateway that reads `x-api-key`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from ac_desktop.activecampaign.requests import NoResponse, Reply, Response, TransportFailure
from ac_desktop.importing.sources.anedot.problems import FetchProblem
from ac_desktop.importing.values.donation_status import DonationColumn, DonationState, read_donation_state
from ac_desktop.model.outside import is_deep, parsed

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
