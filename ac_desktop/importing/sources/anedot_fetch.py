"""Fetches the donations of some days from Anedot: all of these days, or nothing."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.importing.options import ImportSource
from ac_desktop.importing.sources.anedot_api import (
    KEY_HEADER,
    FetchProblem,
    Transaction,
    anedot_address,
    read_transactions,
    transactions_on,
)
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.model.connection import Connection, KeyLocation
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.anedot_accounts import AnedotAccounts
from ac_desktop.store.connections.keys import GivenKey, Keys
from ac_desktop.store.ports import Database
from ac_desktop.store.queue.known_donations import SeenDonations, seen_donations

LARGEST_DAY: Final = 12 * 1024 * 1024
"""Bytes of one day's response: some 12,000 donations."""
LARGEST_FETCH: Final = 48 * 1024 * 1024
"""Characters of all days' donations together, which are held in memory until they are staged."""
KEPT_FOR_PEOPLE: Final = 100
"""Requests of a month that no schedule uses, so that a person can still fetch."""

Watch = Callable[[int], None]
"""Is called with the number of days that were read, and may raise to cancel."""


@dataclass(frozen=True, kw_only=True)
class FetchedDonations:
    """What Anedot has of some days; `source` is None where nothing of it is new.

    `known` donations were left out: the connection has them from an earlier batch.
    """

    source: ImportSource | None
    known: int
    requests_left: int


@dataclass(frozen=True, kw_only=True)
class FailedFetch:
    """Why nothing was fetched; `not_before` is when a schedule may begin the next fetch, where it was too soon."""

    problem: FetchProblem
    requests_left: int
    not_before: float | None = None


class AnedotFetch:
    """Fetches with one connection's account and key. `fetch` blocks, and is never called on the UI thread."""

    def __init__(
        self,
        database: Database,
        accounts: AnedotAccounts,
        keys: Keys,
        client_for: Callable[[str], Sender],
        now: Callable[[], float],
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._keys = keys
        self._client_for = client_for
        self._now = now

    def fetch(
        self,
        connection: Connection,
        from_day: date,
        to_day: date,
        *,
        by_itself: bool,
        uid: str = "",
        key: str = "",
        watch: Watch | None = None,
    ) -> FetchedDonations | FailedFetch:
        """Return the donations of these days that the connection does not have; one request a day.

        `by_itself`: no person asked for it, so at most one fetch an hour, and without what a person has taken out of
        the queue since an earlier fetch. `uid` and `key` are used instead of those stored. Raise ValueError where the
        days are not in order, and what `watch` raises.
        """
        if to_day < from_day:
            raise ValueError("the last day is before the first")
        account = self._accounts.of(connection.id)
        uid = uid or (account.uid if account is not None else "")
        if not uid:
            return FailedFetch(problem=FetchProblem.NOT_SET_UP, requests_left=0)
        left = self._accounts.requests_left(uid, self._now())
        key = key or self._keys.get(account.key_name if account is not None else "") or ""
        if not key:
            return FailedFetch(problem=FetchProblem.NO_KEY, requests_left=left)
        if left - (to_day - from_day).days - 1 < (KEPT_FOR_PEOPLE if by_itself else 0):
            return FailedFetch(problem=FetchProblem.NO_REQUESTS_LEFT, requests_left=left)
        not_before = self._accounts.take_turn(uid, self._now()) if by_itself else None
        if not_before is not None:
            return FailedFetch(problem=FetchProblem.TOO_SOON, requests_left=left, not_before=not_before)
        found = self._read_days(uid, key, from_day, to_day, watch)
        left = self._accounts.requests_left(uid, self._now())
        if isinstance(found, FetchProblem):
            return FailedFetch(problem=found, requests_left=left)
        ids = [one.id for one in found]
        seen = seen_donations(self._database, connection.id, ids, also_taken_back=by_itself)
        new = [one for one in found if not _is_known(one, seen)]
        return FetchedDonations(source=_source(new, from_day, to_day), known=len(found) - len(new), requests_left=left)

    def _read_days(
        self, uid: str, key: str, from_day: date, to_day: date, watch: Watch | None
    ) -> list[Transaction] | FetchProblem:
        client = self._client_for(key)
        found: dict[str, Transaction] = {}
        size = 0
        try:
            for read, day in enumerate(_days(from_day, to_day)):
                if watch is not None:
                    watch(read)
                if self._accounts.take_request(uid, self._now()) is None:
                    return FetchProblem.NO_REQUESTS_LEFT
                transactions = read_transactions(client.send(transactions_on(uid, day)))
                if isinstance(transactions, FetchProblem):
                    return transactions
                found |= {one.id: one for one in transactions}
                size += sum(len(_line(one)) for one in transactions)
                if size > LARGEST_FETCH:
                    return FetchProblem.ANSWER_TOO_LONG
        finally:
            client.close_thread()
        return list(found.values())


def _source(new: Sequence[Transaction], from_day: date, to_day: date) -> ImportSource | None:
    if not new:
        return None
    text = "\n".join(_line(one) for one in new)
    return ImportSource(text=text, fetched=f"{from_day.isoformat()}/{to_day.isoformat()}")


def _is_known(transaction: Transaction, seen: SeenDonations) -> bool:
    """Whether a fetch brought the donation before, and nothing that matters is new about it.

    A donation that was pending and is completed now comes in; a refund of one that was taken in is shown once.
    """
    if transaction.is_completed:
        return transaction.id in seen.taken
    if transaction.is_refunded:
        return transaction.id in seen.left_out
    return transaction.id in seen.taken | seen.left_out


def _days(from_day: date, to_day: date) -> Iterator[date]:
    for number in range((to_day - from_day).days + 1):
        yield from_day + timedelta(days=number)


def _line(transaction: Transaction) -> str:
    return json.dumps(transaction.fields, ensure_ascii=True)


class Anedot:
    """The Anedot accounts of the connections; `keys` are never those of ActiveCampaign accounts."""

    def __init__(
        self,
        options: AnedotOptions,
        database: Database,
        stored_keys: Keys,
        redactor: Redactor,
        now: Callable[[], float],
    ) -> None:
        self._options = options
        self._redactor = redactor
        self._database = database
        self.now = now
        self.accounts = AnedotAccounts(database)
        self.keys: Keys = GivenKey(options.key, stored_keys, redactor) if options.key else stored_keys

    @property
    def fetch(self) -> AnedotFetch:
        """The fetch of donations that are not queued yet. Raise AddressError where the given address is wrong."""
        address = anedot_address(self._options.url)

        def client_for(key: str) -> Sender:
            from ac_desktop.activecampaign.client import Client

            self._redactor.learn(key)
            return Client(address, key, key_header=KEY_HEADER, largest_body=LARGEST_DAY)

        return AnedotFetch(self._database, self.accounts, self.keys, client_for, self.now)

    def keep(self, connection_id: int, uid: str, key: str = "") -> KeyLocation | None:
        """Store the account of a connection, and its key where one was typed; return where that is stored."""
        account = self.accounts.remember(connection_id, uid)
        return self.keys.set(account.key_name, key) if key else None

    def has_key(self, connection_id: int) -> bool:
        """Whether a key is stored for a connection, or given for this run."""
        account = self.accounts.of(connection_id)
        return self.keys.get(account.key_name if account is not None else "") is not None

    def key_deletion(self, connection_id: int) -> Callable[[], None]:
        """Return what deletes a connection's key once the connection itself is deleted."""
        account = self.accounts.of(connection_id)
        return _nothing if account is None else partial(self.keys.delete, account.key_name)


def _nothing() -> None:
    """Delete no key, as there is none."""
