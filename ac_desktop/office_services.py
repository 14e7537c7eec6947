"""What a workstation of an office has beside the store's parts: a part of the services, made when it is first used."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.lazy_property import lazy_property
from ac_desktop.store.opening import open_editing, outbox_of

if TYPE_CHECKING:
    from ac_desktop.importing.typed_donors import TypedDonors
    from ac_desktop.relay.clock import Clock
    from ac_desktop.store.connections.connections import Connections
    from ac_desktop.store.office.editing import Editing
    from ac_desktop.store.opening import StoredDatabase, StoreLocation, StoreOwners
    from ac_desktop.store.queue.queue import Queue


class OfficeServices:
    """What is None outside an office."""

    folder: Path
    store: "StoreLocation"
    clock: "Clock"
    database: "StoredDatabase"
    connections: "Connections"
    owners: "lazy_property[StoreOwners]"
    queue: "lazy_property[Queue]"

    @lazy_property
    def typed_donors(self) -> "TypedDonors | None":
        """The donors typed for an office, which wait on this computer while its server is away."""
        if self.store.office is None:
            return None
        from ac_desktop.importing.typed_donors import TypedDonors
        from ac_desktop.store.queue.typed_entries import TypedEntries

        return TypedDonors(
            outbox_of(self.folder, self.store.office),
            TypedEntries(self.database, self.owners, self.queue),
            self.queue,
            self.connections,
            self.clock.now,
            time.time,
        )

    @lazy_property
    def editing(self) -> "Editing | None":
        """Who is changing which record."""
        return open_editing(self.store, self.database, self.owners) if self.store.office is not None else None
