"""What runs by itself needs of the store: a part of the services, made when it is first used."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ac_desktop.lazy_property import lazy_property

if TYPE_CHECKING:
    from ac_desktop.model.redact import Redactor
    from ac_desktop.platform.file_lock import FileLock
    from ac_desktop.store.connections.automatic_relay import AutomaticRelays
    from ac_desktop.store.connections.connections import Connections
    from ac_desktop.store.connections.keys import Keys, WebhookSecrets
    from ac_desktop.store.connections.sources import Schedules
    from ac_desktop.store.history.notices import Notices
    from ac_desktop.store.ports import Database

SOURCE_LOCK_NAME: Final = "automation.lock"
FOLDER_LOCK_NAME: Final = "folders.lock"


class AutomationServices:
    """The switches, schedules, notices and secrets of what runs by itself."""

    folder: Path
    database: "Database"
    connections: "Connections"
    redactor: "Redactor"
    given_webhook_secret: str | None
    _stored_keys: "lazy_property[Keys]"

    @lazy_property
    def source_lock(self) -> "FileLock":
        """The lock of the one process of this folder that looks at the sources by itself."""
        from ac_desktop.platform.file_lock import FileLock

        return FileLock(self.folder / SOURCE_LOCK_NAME)

    @lazy_property
    def folder_lock(self) -> "FileLock":
        """The lock of the one process of this folder that looks at the watched folders, by itself or in a window."""
        from ac_desktop.platform.file_lock import FileLock

        return FileLock(self.folder / FOLDER_LOCK_NAME)

    @lazy_property
    def webhook_secrets(self) -> "WebhookSecrets":
        """The secrets of webhooks."""
        from ac_desktop.store.connections.keys import WebhookSecrets

        return WebhookSecrets(self.connections, self._stored_keys, self.redactor, self.given_webhook_secret)

    @lazy_property
    def automatic_relays(self) -> "AutomaticRelays":
        """The switches *Relay automatically*."""
        from ac_desktop.store.connections.automatic_relay import AutomaticRelays

        return AutomaticRelays(self.database)

    @lazy_property
    def schedules(self) -> "Schedules":
        """When the sources of connections are looked at."""
        from ac_desktop.store.connections.sources import Schedules

        return Schedules(self.database)

    @lazy_property
    def notices(self) -> "Notices":
        """The notices about what runs by itself."""
        from ac_desktop.store.history.notices import Notices

        return Notices(self.database)
