"""The services of the two front ends: the store, the keys, the relay and the account check."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.automation_services import AutomationServices
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.lazy_property import is_made, lazy_property
from ac_desktop.model.redact import Redactor
from ac_desktop.model.rules import MOST_IN_FLIGHT
from ac_desktop.model.states import ConnectionState
from ac_desktop.office_services import OfficeServices
from ac_desktop.relay.clock import Clock
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.opening import (
    StoredDatabase,
    StoreLocation,
    StoreOwners,
    open_owners,
    open_rate_limits,
    open_reservations,
    workstation_of,
)

if TYPE_CHECKING:
    from datetime import date

    from ac_desktop.activecampaign.client import Client
    from ac_desktop.activecampaign.rate_limited_sender import Sender
    from ac_desktop.activecampaign.rate_limiter import RateLimitStore, RequestLimiter
    from ac_desktop.activecampaign.rate_meter import RateMeter
    from ac_desktop.importing.sources.anedot_fetch import Anedot
    from ac_desktop.importing.sources.anedot_import import FetchOutcome
    from ac_desktop.model.address import AccountAddress
    from ac_desktop.model.connection import Connection, ConnectionSettings
    from ac_desktop.relay.account_check import AccountCheck
    from ac_desktop.relay.comparison import Comparison
    from ac_desktop.relay.engine import RelayEngine
    from ac_desktop.relay.request_runner import AccountAccess
    from ac_desktop.relay.verification import Verification
    from ac_desktop.reporting.report import ReportSource
    from ac_desktop.store.agreed_time import SeenTime
    from ac_desktop.store.backups import Backups, MovedDatabase, RestoredBackup
    from ac_desktop.store.connections.keys import Keys
    from ac_desktop.store.connections.sources import WatchedFolders
    from ac_desktop.store.history.history import History
    from ac_desktop.store.imports.imports import Imports
    from ac_desktop.store.imports.layouts import Layouts
    from ac_desktop.store.imports.row_hashes import RowHashes
    from ac_desktop.store.imports.staging import Staging
    from ac_desktop.store.office.folder_use import OfficeUse
    from ac_desktop.store.privacy.retention import Retention
    from ac_desktop.store.queue.bulk_changes import BulkChanges, Resends
    from ac_desktop.store.queue.corrections import RecordEdits
    from ac_desktop.store.queue.decisions import Decisions
    from ac_desktop.store.queue.queue import Queue
    from ac_desktop.store.queue.record_reader import RecordReader


@dataclass(frozen=True, kw_only=True)
class ServiceParts:
    """What a test may replace; None means the real one."""

    store: StoreLocation | None = None
    keys: "Keys | None" = None
    clock: Clock | None = None
    rate_limit_store: "RateLimitStore | None" = None
    offline: Callable[[str], bool] | None = None
    workers: int = MOST_IN_FLIGHT


@dataclass(frozen=True, kw_only=True)
class Services(AutomationServices, OfficeServices):
    """Everything below the window and the console, opened by `app.py` and closed in reverse order.

    What the first view of the queue does not need is created, and its modules are loaded, on first access.
    """

    folder: Path
    store: StoreLocation
    clock: Clock
    redactor: Redactor
    database: StoredDatabase
    backups: "Backups | None"
    moved_database: "MovedDatabase | None"
    connections: Connections
    given_key: str | None
    parts: ServiceParts
    restored_database: "RestoredBackup | None" = None
    given_webhook_secret: str | None = None
    office_use: "OfficeUse | None" = None
    anedot_options: AnedotOptions = field(default_factory=AnedotOptions)

    @lazy_property
    def owners(self) -> StoreOwners:
        """The processes that work on this store."""
        return open_owners(self.store, self.database)

    @lazy_property
    def record_reader(self) -> "RecordReader":
        """The records of all connections, read."""
        from ac_desktop.store.queue.record_reader import RecordReader

        return RecordReader(self.database)

    @lazy_property
    def queue(self) -> "Queue":
        """Changes to the records of all connections."""
        from ac_desktop.store.queue.queue import Queue

        return Queue(self.database, self.owners)

    @lazy_property
    def bulk_changes(self) -> "BulkChanges":
        """Changes to many records at once."""
        from ac_desktop.store.queue.bulk_changes import BulkChanges

        return BulkChanges(self.database)

    @lazy_property
    def history(self) -> "History":
        """The history of connections and donors."""
        from ac_desktop.store.history.history import History

        return History(self.database)

    @lazy_property
    def reports(self) -> "ReportSource":
        """The rows of reports that can be corrected."""
        from ac_desktop.reporting.report import ReportSource

        return ReportSource(self.record_reader, self.history, self.queue.corrections, self.row_hashes)

    @lazy_property
    def decisions(self) -> "Decisions":
        """Decisions about held donors."""
        from ac_desktop.store.queue.decisions import Decisions

        return Decisions(self.database)

    @lazy_property
    def staging(self) -> "Staging":
        """Batches that are being reviewed before they are queued."""
        from ac_desktop.store.imports.staging import Staging

        return Staging(self.database, self.owners)

    @lazy_property
    def record_edits(self) -> "RecordEdits":
        """Corrections of single records."""
        from ac_desktop.store.queue.corrections import RecordEdits

        return RecordEdits(self.database)

    @lazy_property
    def row_hashes(self) -> "RowHashes":
        """The hashes by which files and rows are recognised."""
        from ac_desktop.store.imports.row_hashes import RowHashes

        return RowHashes(self.database)

    @lazy_property
    def imports(self) -> "Imports":
        """The batches that were queued, by pages."""
        from ac_desktop.store.imports.imports import Imports

        return Imports(self.database)

    @lazy_property
    def layouts(self) -> "Layouts":
        """The remembered columns of file layouts."""
        from ac_desktop.store.imports.layouts import Layouts

        return Layouts(self.database)

    @lazy_property
    def resends(self) -> "Resends":
        """Records made to wait again."""
        from ac_desktop.store.queue.bulk_changes import Resends

        return Resends(self.database)

    @lazy_property
    def retention(self) -> "Retention":
        """The retention of sent donors."""
        from ac_desktop.store.privacy.retention import Retention

        return Retention(self.database)

    @lazy_property
    def seen_time(self) -> "SeenTime":
        """The times seen, by which the clock is checked."""
        from ac_desktop.store.agreed_time import SeenTime

        return SeenTime(self.database)

    @lazy_property
    def watched_folders(self) -> "WatchedFolders":
        """The watched folders."""
        from ac_desktop.store.connections.sources import WatchedFolders

        return WatchedFolders(self.database, workstation_of(self.store))

    @lazy_property
    def keys(self) -> "Keys":
        """The keys of the connections."""
        from ac_desktop.store.connections.keys import GivenKey

        return GivenKey(self.given_key, self._stored_keys, self.redactor) if self.given_key else self._stored_keys

    @lazy_property
    def _stored_keys(self) -> "Keys":
        from ac_desktop.store.connections.keys import KeyringKeys

        return self.parts.keys or KeyringKeys(self.redactor)

    @lazy_property
    def anedot(self) -> "Anedot":
        """The fetching of donations from Anedot."""
        from ac_desktop.importing.sources.anedot_fetch import Anedot

        return Anedot(self.anedot_options, self.database, self._stored_keys, self.redactor, self.clock.now)

    def fetch_donations(
        self,
        connection: "Connection",
        from_day: "date",
        to_day: "date",
        *,
        by_itself: bool,
        cover: Callable[[int], None] | None = None,
    ) -> "FetchOutcome":
        """Fetch the donations of these days from Anedot and queue those that the connection does not have.

        `by_itself`: no person asked for it, so an account is asked at most once an hour; after `problem` TOO_SOON call
        again at `not_before`, for the connection that waited longest first. One request a day of the range. `cover` is
        called with the number of the batch before it is queued. Never on the UI thread. Raise StoreError, and
        AddressError where the environment names a wrong address.
        """
        from ac_desktop.importing.sources.anedot_import import import_fetched

        return import_fetched(
            self.anedot, self.queue, self.row_hashes, connection, from_day, to_day, by_itself=by_itself, cover=cover
        )

    @lazy_property
    def rate_limit_store(self) -> "RateLimitStore":
        """The state of the rate limits, shared by all processes that use the store."""
        return self.parts.rate_limit_store or open_rate_limits(self.store)

    @lazy_property
    def rate_limiter(self) -> "RequestLimiter":
        """The rate limiter of all accounts."""
        reservations = None if self.parts.rate_limit_store else open_reservations(self.store, self.database)
        if reservations is not None:
            from ac_desktop.activecampaign.reserving_rate_limiter import ReservingRateLimiter

            return ReservingRateLimiter(reservations, self.clock.now, self.clock.sleep)
        from ac_desktop.activecampaign.rate_limiter import RateLimiter

        return RateLimiter(self.rate_limit_store, self.clock.now, self.clock.sleep, self.clock.steady)

    @lazy_property
    def account_check(self) -> "AccountCheck":
        """The check of an account's address, key and list."""
        from ac_desktop.relay.account_check import AccountCheck

        return AccountCheck(self.rate_limiter, self.clock, _client)

    @lazy_property
    def comparison(self) -> "Comparison":
        """The comparison of waiting donors with the account."""
        from ac_desktop.relay.comparison import Comparison

        return Comparison(self._account_access)

    @lazy_property
    def verification(self) -> "Verification":
        """The comparison of sent donors with the account."""
        from ac_desktop.relay.verification import Verification

        return Verification(self._account_access)

    @property
    def _account_access(self) -> "AccountAccess":
        from ac_desktop.relay.request_runner import AccountAccess

        return AccountAccess(self.rate_limiter, self.clock, self.redactor, _client)

    @lazy_property
    def engine(self) -> "RelayEngine":
        """The relay engine."""
        from ac_desktop.activecampaign import network
        from ac_desktop.relay.engine import RelayEngine
        from ac_desktop.store.queue.bulk_queue import BulkQueue
        from ac_desktop.store.queue.read_back import ReadBackQueue

        return RelayEngine(
            database=self.database,
            queue=self.queue,
            bulk_queue=BulkQueue(self.database, self.owners),
            read_back_queue=ReadBackQueue(self.database, self.owners),
            connections=self.connections,
            duties=self.duties,
            keys=self.connection_keys,
            rate_limiter=self.rate_limiter,
            clock=self.clock,
            redactor=self.redactor,
            sender_for=self._sender_for,
            offline=self.parts.offline or network.offline,
            workers=self.parts.workers,
        )

    def _sender_for(self, connection: "Connection", key: str) -> "Sender":
        """Return the client of an account that also reads its clock; a loopback account has this computer's clock."""
        client = _client(connection.settings.address, key)
        if connection.settings.address.is_loopback:
            return client
        from ac_desktop.activecampaign.client import ServerTimeSender

        return ServerTimeSender(client, self.seen_time.record_account_time)

    @property
    def rate_meter(self) -> "RateMeter":
        """The use of the rate limits."""
        return self.rate_limiter.meter

    def remove_connection(self, connection_id: int) -> None:
        """Delete a connection with its records, its history and its key, once its relay has stopped."""
        from ac_desktop.relay.engine import STOP_TIMEOUT

        self.connections.refuse_deletion()
        key_name = self.connections.key_name(connection_id)
        self.webhook_secrets.delete(connection_id)
        forget_anedot_key = self.anedot.key_deletion(connection_id)
        self.engine.halt(connection_id)
        self.engine.join(connection_id, STOP_TIMEOUT)
        self.connections.delete(connection_id)
        self.keys.delete(key_name)
        forget_anedot_key()

    def save_connection(
        self, connection_id: int | None, settings: "ConnectionSettings", key: str | None
    ) -> "Connection":
        """Store a new or a changed connection, and its key where one was entered. Never on the UI thread."""
        now = self.clock.now()
        before = self.connections.get(connection_id) if connection_id is not None else None
        if connection_id is None:
            connection = self.connections.create(settings, now)
        elif before is not None and before.settings == settings:
            # In an office, who may change no connection may still enter its key.
            connection = before
        else:
            connection = self.connections.change(connection_id, settings, now)
        if key is not None:
            self.connection_keys.enter(connection.id, key, replaces=True)
            self.engine.reload_key(connection.id)
        return connection

    def pause_connection(self, connection_id: int) -> "Connection":
        """Pause a connection and stop its relay. Never on the UI thread."""
        self.engine.interrupt(connection_id)
        return self.connections.pause(connection_id, self.clock.now())

    def resume_connection(self, connection_id: int) -> "Connection":
        """Resume a connection; only a relay that its pause interrupted continues (rule 15). Never on the UI thread."""
        connection = self.connections.resume(connection_id, self.clock.now())
        if connection.state is ConnectionState.ACTIVE:
            self.engine.resume(connection_id)
        return connection

    def close(self) -> None:
        """Stop the relay, then close the store."""
        if is_made(self, "engine"):
            self.engine.stop()
        if is_made(self, "seen_time"):
            # The account's time comes again with its next response; the rest must be closed in any case.
            with suppress(StoreError):
                self.seen_time.close(self.clock.now())
        self.close_owner()
        if is_made(self, "source_lock"):
            self.source_lock.release()
        if is_made(self, "folder_lock"):
            self.folder_lock.release()
        if is_made(self, "rate_limit_store"):
            self.rate_limit_store.close()
        self.database.close()
        if self.office_use is not None:
            self.office_use.close()


def _client(address: "AccountAddress", key: str) -> "Client":
    from ac_desktop.activecampaign.client import Client

    return Client(address, key)
