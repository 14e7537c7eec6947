"""What the two front ends are handed: the store, the keys, the relay and the account check."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.model.redact import Redactor
from ac_desktop.model.rules import MOST_IN_FLIGHT
from ac_desktop.once import is_made, once
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.courtesy import Courtesy
from ac_desktop.store.connections import Connections
from ac_desktop.store.database import Database
from ac_desktop.store.errors import StoreError
from ac_desktop.store.views import Views

if TYPE_CHECKING:
    from ac_desktop.activecampaign.client import Client
    from ac_desktop.activecampaign.pace import Pace, PaceLedger
    from ac_desktop.activecampaign.pace_meter import PaceMeter
    from ac_desktop.model.address import AccountAddress
    from ac_desktop.model.connection import Connection, ConnectionSettings
    from ac_desktop.relay.account_check import AccountCheck
    from ac_desktop.relay.asking import Sender
    from ac_desktop.relay.compare import Comparison
    from ac_desktop.relay.engine import Engine
    from ac_desktop.store.bulk_changes import BulkChanges
    from ac_desktop.store.decisions import Decisions
    from ac_desktop.store.erasing import Erasing
    from ac_desktop.store.fingerprints import Fingerprints
    from ac_desktop.store.history import History
    from ac_desktop.store.keys import Keys
    from ac_desktop.store.layouts import Layouts
    from ac_desktop.store.owners import Owners
    from ac_desktop.store.pushing import Pushing
    from ac_desktop.store.queue import Queue
    from ac_desktop.store.repairs import Repairs
    from ac_desktop.store.retention import Retention
    from ac_desktop.store.seen_time import SeenTime
    from ac_desktop.store.set_aside import BroughtBack, SetAside
    from ac_desktop.store.staging import Staging
    from ac_desktop.store.watched import WatchedFolders


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a test may put in the place of the real thing; None means the real one."""

    keys: "Keys | None" = None
    clock: Clock | None = None
    ledger: "PaceLedger | None" = None
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
    set_aside: "SetAside | None"
    connections: Connections
    views: Views
    given_key: str | None
    parts: Parts
    brought_back: "BroughtBack | None" = None

    @once
    def owners(self) -> "Owners":
        """Who works in this data folder."""
        from ac_desktop.store.owners import Owners

        return Owners(self.folder)

    @once
    def queue(self) -> "Queue":
        """The records of all connections, to be changed."""
        from ac_desktop.store.queue import Queue

        return Queue(self.database, self.owners)

    @once
    def changes(self) -> "BulkChanges":
        """What is done to many records at once."""
        from ac_desktop.store.bulk_changes import BulkChanges

        return BulkChanges(self.database)

    @once
    def history(self) -> "History":
        """What happened to connections and donors."""
        from ac_desktop.store.history import History

        return History(self.database)

    @once
    def decisions(self) -> "Decisions":
        """What becomes of held donors."""
        from ac_desktop.store.decisions import Decisions

        return Decisions(self.database)

    @once
    def staging(self) -> "Staging":
        """Batches that are being checked."""
        from ac_desktop.store.staging import Staging

        return Staging(self.database, self.owners)

    @once
    def repairs(self) -> "Repairs":
        """Donors put right by hand."""
        from ac_desktop.store.repairs import Repairs

        return Repairs(self.database)

    @once
    def fingerprints(self) -> "Fingerprints":
        """The marks by which files and rows are known again."""
        from ac_desktop.store.fingerprints import Fingerprints

        return Fingerprints(self.database)

    @once
    def layouts(self) -> "Layouts":
        """How the columns of files seen before were read."""
        from ac_desktop.store.layouts import Layouts

        return Layouts(self.database)

    @once
    def pushing(self) -> "Pushing":
        """Donors pushed once more."""
        from ac_desktop.store.pushing import Pushing

        return Pushing(self.database)

    @once
    def retention(self) -> "Retention":
        """How long sent donors are kept."""
        from ac_desktop.store.retention import Retention

        return Retention(self.database)

    @once
    def seen_time(self) -> "SeenTime":
        """How far the clock is believed."""
        from ac_desktop.store.seen_time import SeenTime

        return SeenTime(self.database)

    @once
    def erasing(self) -> "Erasing":
        """People erased everywhere."""
        from ac_desktop.store.erasing import Erasing

        return Erasing(self.database, self.owners)

    @once
    def watched(self) -> "WatchedFolders":
        """The folders that are watched for files."""
        from ac_desktop.store.watched import WatchedFolders

        return WatchedFolders(self.database)

    @once
    def keys(self) -> "Keys":
        """The keys of the connections."""
        from ac_desktop.store.keys import GivenKey, KeyringKeys

        keys = self.parts.keys or KeyringKeys(self.redactor)
        return GivenKey(self.given_key, keys, self.redactor) if self.given_key else keys

    @once
    def ledger(self) -> "PaceLedger":
        """The pace as all processes of this folder share it."""
        from ac_desktop.store.pace_ledger import StoredPaceLedger

        return self.parts.ledger or StoredPaceLedger(self.folder)

    @once
    def pace(self) -> "Pace":
        """The pace of every account."""
        from ac_desktop.activecampaign.pace import Pace

        return Pace(self.ledger, self.clock.now, self.clock.nap)

    @once
    def check(self) -> "AccountCheck":
        """The test of an account."""
        from ac_desktop.relay.account_check import AccountCheck

        return AccountCheck(self.pace, self.clock, _client)

    @once
    def comparison(self) -> "Comparison":
        """A file's donors held against the account."""
        from ac_desktop.relay.compare import Comparison

        return Comparison(self.pace, self.clock, self.redactor, _client)

    @once
    def courtesy(self) -> Courtesy:
        """By which the relay gives way to the window."""
        return Courtesy()

    @once
    def engine(self) -> "Engine":
        """The relay."""
        from ac_desktop.relay import network
        from ac_desktop.relay.engine import Engine
        from ac_desktop.store.bulk_queue import BulkQueue

        return Engine(
            database=self.database,
            queue=self.queue,
            bulk_queue=BulkQueue(self.database, self.owners),
            connections=self.connections,
            keys=self.keys,
            pace=self.pace,
            clock=self.clock,
            redactor=self.redactor,
            courtesy=self.courtesy,
            sender_for=self._sender_for,
            offline=self.parts.offline or network.offline,
            workers=self.parts.workers,
        )

    def _sender_for(self, connection: "Connection", key: str) -> "Sender":
        """Return what sends to an account and hears its clock; a stand-in's clock is this computer's own."""
        client = _client(connection.settings.address, key)
        if connection.settings.address.is_loopback:
            return client
        from ac_desktop.relay.account_time import TimeHearing

        return TimeHearing(client, self.seen_time.note_account)

    @property
    def meter(self) -> "PaceMeter":
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
            self.engine.forget_key(connection.id)
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
