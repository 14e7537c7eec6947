"""What the two front ends are handed: the store, the keys, the relay and the account check."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.lazy_property import is_made, lazy_property
from ac_desktop.model.redact import Redactor
from ac_desktop.model.rules import MOST_IN_FLIGHT
from ac_desktop.model.states import ConnectionState
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.ui_yield import UiYield
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.record_reader import RecordReader

if TYPE_CHECKING:
    from ac_desktop.activecampaign.client import Client
    from ac_desktop.activecampaign.rate_limiter import RateLimiter, RateLimitStore
    from ac_desktop.activecampaign.rate_meter import RateMeter
    from ac_desktop.model.address import AccountAddress
    from ac_desktop.model.connection import Connection, ConnectionSettings
    from ac_desktop.relay.account_check import AccountCheck
    from ac_desktop.relay.comparison import Comparison
    from ac_desktop.relay.engine import RelayEngine
    from ac_desktop.relay.request_runner import Sender
    from ac_desktop.relay.verification import Verification
    from ac_desktop.reporting.report_rows import ReportSource
    from ac_desktop.store.connections.keys import Keys
    from ac_desktop.store.history.history import History
    from ac_desktop.store.imports.layouts import Layouts
    from ac_desktop.store.imports.row_hashes import RowHashes
    from ac_desktop.store.imports.staging import Staging
    from ac_desktop.store.imports.watched_folders import WatchedFolders
    from ac_desktop.store.privacy.agreed_time import SeenTime
    from ac_desktop.store.privacy.erasure import Erasure
    from ac_desktop.store.privacy.retention import Retention
    from ac_desktop.store.queue.bulk_changes import BulkChanges
    from ac_desktop.store.queue.decisions import Decisions
    from ac_desktop.store.queue.owners import Owners
    from ac_desktop.store.queue.queue import Queue
    from ac_desktop.store.queue.record_edits import RecordEdits
    from ac_desktop.store.queue.resend import Resends
    from ac_desktop.store.recovery.recovery import MovedDatabase, RestoredBackup


@dataclass(frozen=True, kw_only=True)
class ServiceParts:
    """What a test may put in the place of the real thing; None means the real one."""

    keys: "Keys | None" = None
    clock: Clock | None = None
    ledger: "RateLimitStore | None" = None
    offline: Callable[[str], bool] | None = None
    workers: int = MOST_IN_FLIGHT


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything below the window and the console, opened by `app.py` and closed in reverse order.

    What the first look at the queue does not need is made, and its modules are loaded, when it is first asked for.
    """

    folder: Path
    clock: Clock
    redactor: Redactor
    database: Database
    moved: "MovedDatabase | None"
    connections: Connections
    views: RecordReader
    given_key: str | None
    parts: ServiceParts
    restored: "RestoredBackup | None" = None

    @lazy_property
    def owners(self) -> "Owners":
        """Who works in this data folder."""
        from ac_desktop.store.queue.owners import Owners

        return Owners(self.folder)

    @lazy_property
    def queue(self) -> "Queue":
        """The records of all connections, to be changed."""
        from ac_desktop.store.queue.queue import Queue

        return Queue(self.database, self.owners)

    @lazy_property
    def changes(self) -> "BulkChanges":
        """What is done to many records at once."""
        from ac_desktop.store.queue.bulk_changes import BulkChanges

        return BulkChanges(self.database)

    @lazy_property
    def history(self) -> "History":
        """What happened to connections and donors."""
        from ac_desktop.store.history.history import History

        return History(self.database)

    @lazy_property
    def reports(self) -> "ReportSource":
        """Records as rows of a report that can be corrected."""
        from ac_desktop.reporting.report_rows import ReportSource

        return ReportSource(self.views, self.history, self.queue.corrections, self.fingerprints)

    @lazy_property
    def decisions(self) -> "Decisions":
        """What becomes of held donors."""
        from ac_desktop.store.queue.decisions import Decisions

        return Decisions(self.database)

    @lazy_property
    def staging(self) -> "Staging":
        """Batches that are being checked."""
        from ac_desktop.store.imports.staging import Staging

        return Staging(self.database, self.owners)

    @lazy_property
    def repairs(self) -> "RecordEdits":
        """Donors put right by hand."""
        from ac_desktop.store.queue.record_edits import RecordEdits

        return RecordEdits(self.database)

    @lazy_property
    def fingerprints(self) -> "RowHashes":
        """The marks by which files and rows are known again."""
        from ac_desktop.store.imports.row_hashes import RowHashes

        return RowHashes(self.database)

    @lazy_property
    def layouts(self) -> "Layouts":
        """How the columns of files seen before were read."""
        from ac_desktop.store.imports.layouts import Layouts

        return Layouts(self.database)

    @lazy_property
    def pushing(self) -> "Resends":
        """Donors pushed once more."""
        from ac_desktop.store.queue.resend import Resends

        return Resends(self.database)

    @lazy_property
    def retention(self) -> "Retention":
        """How long sent donors are kept."""
        from ac_desktop.store.privacy.retention import Retention

        return Retention(self.database)

    @lazy_property
    def seen_time(self) -> "SeenTime":
        """How far the clock is believed."""
        from ac_desktop.store.privacy.agreed_time import SeenTime

        return SeenTime(self.database)

    @lazy_property
    def erasing(self) -> "Erasure":
        """People erased everywhere."""
        from ac_desktop.store.privacy.erasure import Erasure

        return Erasure(self.database, self.owners)

    @lazy_property
    def watched(self) -> "WatchedFolders":
        """The folders that are watched for files."""
        from ac_desktop.store.imports.watched_folders import WatchedFolders

        return WatchedFolders(self.database)

    @lazy_property
    def keys(self) -> "Keys":
        """The keys of the connections."""
        from ac_desktop.store.connections.keys import GivenKey, KeyringKeys

        keys = self.parts.keys or KeyringKeys(self.redactor)
        return GivenKey(self.given_key, keys, self.redactor) if self.given_key else keys

    @lazy_property
    def ledger(self) -> "RateLimitStore":
        """The pace as all processes of this folder share it."""
        from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore

        return self.parts.ledger or SqliteRateLimitStore(self.folder)

    @lazy_property
    def pace(self) -> "RateLimiter":
        """The pace of every account."""
        from ac_desktop.activecampaign.rate_limiter import RateLimiter

        return RateLimiter(self.ledger, self.clock.now, self.clock.sleep, self.clock.steady)

    @lazy_property
    def check(self) -> "AccountCheck":
        """The test of an account."""
        from ac_desktop.relay.account_check import AccountCheck

        return AccountCheck(self.pace, self.clock, _client)

    @lazy_property
    def comparison(self) -> "Comparison":
        """A file's donors held against the account."""
        from ac_desktop.relay.comparison import Comparison

        return Comparison(self.pace, self.clock, self.redactor, _client)

    @lazy_property
    def verification(self) -> "Verification":
        """The donors who are said to be sent held against the account."""
        from ac_desktop.relay.verification import Verification

        return Verification(self.pace, self.clock, self.redactor, _client)

    @lazy_property
    def ui_yield(self) -> UiYield:
        """By which the relay gives way to the window."""
        return UiYield()

    @lazy_property
    def engine(self) -> "RelayEngine":
        """The relay."""
        from ac_desktop.relay import network
        from ac_desktop.relay.engine import RelayEngine
        from ac_desktop.store.queue.bulk_queue import BulkQueue
        from ac_desktop.store.queue.read_back import ReadBackQueue

        return RelayEngine(
            database=self.database,
            queue=self.queue,
            bulk_queue=BulkQueue(self.database, self.owners),
            read_back_queue=ReadBackQueue(self.database, self.owners),
            connections=self.connections,
            keys=self.keys,
            rate_limiter=self.pace,
            clock=self.clock,
            redactor=self.redactor,
            ui_yield=self.ui_yield,
            sender_for=self._sender_for,
            offline=self.parts.offline or network.offline,
            workers=self.parts.workers,
        )

    def _sender_for(self, connection: "Connection", key: str) -> "Sender":
        """Return what sends to an account and hears its clock; a stand-in's clock is this computer's own."""
        client = _client(connection.settings.address, key)
        if connection.settings.address.is_loopback:
            return client
        from ac_desktop.relay.account_time import ServerTimeSender

        return ServerTimeSender(client, self.seen_time.record_account_time)

    @property
    def meter(self) -> "RateMeter":
        """How much of the pace is used."""
        return self.pace.meter

    def remove_connection(self, connection_id: int) -> None:
        """Delete a connection with its records, its history and its key; its relay ends first."""
        from ac_desktop.relay.engine import STOP_TIMEOUT

        key_name = self.connections.key_name(connection_id)
        self.engine.halt(connection_id)
        self.engine.join(connection_id, STOP_TIMEOUT)
        self.connections.delete(connection_id)
        self.keys.delete(key_name)

    def save_connection(
        self, connection_id: int | None, settings: "ConnectionSettings", key: str | None
    ) -> "Connection":
        """Keep a new or a changed connection, and its key where one was entered. Never on the UI thread."""
        now = self.clock.now()
        if connection_id is None:
            connection = self.connections.create(settings, now)
        else:
            connection = self.connections.change(connection_id, settings, now)
        if key is not None:
            self.keys.set(self.connections.key_name(connection.id), key)
            self.engine.reload_key(connection.id)
        return connection

    def pause_connection(self, connection_id: int) -> "Connection":
        """Pause a connection and let its relay end. Never on the UI thread."""
        self.engine.interrupt(connection_id)
        return self.connections.pause(connection_id, self.clock.now())

    def resume_connection(self, connection_id: int) -> "Connection":
        """Resume a connection; only the relay that its pause interrupted goes on (rule 15). Never on the UI thread."""
        connection = self.connections.resume(connection_id, self.clock.now())
        if connection.state is ConnectionState.ACTIVE:
            self.engine.resume(connection_id)
        return connection

    def close(self) -> None:
        """Stop the relay in good order, then close the store."""
        if is_made(self, "engine"):
            self.engine.stop()
        if is_made(self, "seen_time"):
            # What an account said is heard again with its next answer; the rest is to be closed in any case.
            with suppress(StoreError):
                self.seen_time.close(self.clock.now())
        if is_made(self, "owners"):
            self.owners.close()
        if is_made(self, "ledger"):
            self.ledger.close()
        self.database.close()


def _client(address: "AccountAddress", key: str) -> "Client":
    from ac_desktop.activecampaign.client import Client

    return Client(address, key)
