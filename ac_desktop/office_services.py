"""What is otherwise in an office than outside one: a part of the services, made when it is first used."""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.lazy_property import is_made, lazy_property
from ac_desktop.store.opening import (
    office_place,
    office_presence,
    open_duties,
    open_editing,
    outbox_of,
    window_reads,
)

if TYPE_CHECKING:
    from ac_desktop.importing.typed_donors import TypedDonors
    from ac_desktop.relay.clock import Clock
    from ac_desktop.relay.connection_keys import ConnectionKeys
    from ac_desktop.store.connections.connections import Connections
    from ac_desktop.store.connections.keys import Keys
    from ac_desktop.store.office.duty import Duties
    from ac_desktop.store.office.editing import Editing
    from ac_desktop.store.office.place import OfficePlace
    from ac_desktop.store.opening import StoredDatabase, StoreLocation, StoreOwners, WindowReads
    from ac_desktop.store.privacy.erasure import Erasure
    from ac_desktop.store.queue.queue import Queue


class OfficeServices:
    """What a window reads by, the keys that may be used, the duties, and the typed donors of an office."""

    folder: Path
    store: "StoreLocation"
    clock: "Clock"
    database: "StoredDatabase"
    connections: "Connections"
    owners: "lazy_property[StoreOwners]"
    queue: "lazy_property[Queue]"
    keys: "lazy_property[Keys]"

    @property
    def window_reads(self) -> "WindowReads | None":
        """What a window reads an office by; None outside one."""
        return window_reads(self.store, self.database)

    @property
    def office_place(self) -> "OfficePlace | None":
        """Where this workstation is and who else is there, None outside an office."""
        place, presence = self._own_place, office_presence(self.store, self.database)
        if place is None or presence is None:
            return None
        return replace(place, office=presence.name or place.office, seen=presence)

    @lazy_property
    def _own_place(self) -> "OfficePlace | None":
        """Where this workstation is, by what this computer knows."""
        return office_place(self.store)

    @lazy_property
    def connection_keys(self) -> "ConnectionKeys":
        """The keys by which this computer relays, as far as they may be used."""
        from ac_desktop.relay.connection_keys import ConnectionKeys
        from ac_desktop.store.connections.key_hashes import KeyHashes

        hashes = KeyHashes(self.database) if self.store.office is not None else None
        return ConnectionKeys(self.keys, self.connections, hashes)

    @lazy_property
    def duties(self) -> "Duties":
        """The duties of accounts, of which one workstation of an office has each."""
        return open_duties(self.store, self.database, self.owners)

    @lazy_property
    def typed_donors(self) -> "TypedDonors | None":
        """The donors typed for an office, which wait on this computer while its server is away; None outside one."""
        if self.store.office is None:
            return None
        from ac_desktop.importing.typed_donors import TypedDonors
        from ac_desktop.store.privacy.erased_addresses import ErasedAddresses
        from ac_desktop.store.queue.typed_entries import TypedEntries

        return TypedDonors(
            outbox_of(self.folder, self.store.office),
            TypedEntries(self.database, self.owners, self.queue),
            self.queue,
            self.connections,
            ErasedAddresses(self.database),
            self.clock.now,
            time.time,
        )

    @lazy_property
    def editing(self) -> "Editing | None":
        """Who is changing which record."""
        return open_editing(self.store, self.database, self.owners) if self.store.office is not None else None

    def close_owner(self) -> None:
        """Leave the duties to others, and end this process's part as an owner of claims."""
        if is_made(self, "duties"):
            self.duties.close()
        if is_made(self, "owners"):
            self.owners.close()

    @lazy_property
    def erasure(self) -> "Erasure":
        """The erasure of single people."""
        from ac_desktop.store.privacy.erasure import Erasure

        if self.store.office is None:
            return Erasure(self.database, self.owners)
        from ac_desktop.store.privacy.erased_addresses import ErasedAddresses, OfficeErasure

        return OfficeErasure(self.database, self.owners, ErasedAddresses(self.database), self.folder)
