"""What the two front ends are handed: the store, the keys, the relay and the account check, already built."""

from dataclasses import dataclass
from pathlib import Path

from ac_desktop.activecampaign.pace import PaceLedger
from ac_desktop.activecampaign.pace_meter import PaceMeter
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.redact import Redactor
from ac_desktop.relay.account_check import AccountCheck
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.compare import Comparison
from ac_desktop.relay.engine import STOP_TIMEOUT, Engine
from ac_desktop.store.bulk_changes import BulkChanges
from ac_desktop.store.connections import Connections
from ac_desktop.store.database import Database
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
from ac_desktop.store.set_aside import SetAside
from ac_desktop.store.staging import Staging
from ac_desktop.store.views import Views
from ac_desktop.store.watched import WatchedFolders


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything below the window and the console, built once by `app.py` and closed in reverse order."""

    folder: Path
    clock: Clock
    redactor: Redactor
    database: Database
    set_aside: SetAside | None
    owners: Owners
    connections: Connections
    queue: Queue
    changes: BulkChanges
    views: Views
    history: History
    decisions: Decisions
    staging: Staging
    repairs: Repairs
    fingerprints: Fingerprints
    layouts: Layouts
    pushing: Pushing
    retention: Retention
    erasing: Erasing
    watched: WatchedFolders
    keys: Keys
    check: AccountCheck
    comparison: Comparison
    engine: Engine
    ledger: PaceLedger
    meter: PaceMeter

    def remove_connection(self, connection_id: int) -> None:
        """Delete a connection with its records, its history and its key; its relay ends first."""
        key_name = self.connections.key_name(connection_id)
        self.engine.halt(connection_id)
        self.engine.join(connection_id, STOP_TIMEOUT)
        self.connections.delete(connection_id)
        self.keys.delete(key_name)

    def save_connection(self, connection_id: int | None, settings: ConnectionSettings, key: str | None) -> Connection:
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
        self.engine.stop()
        self.owners.close()
        self.ledger.close()
        self.database.close()
