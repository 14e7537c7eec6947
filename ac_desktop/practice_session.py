"""Practice mode: made-up accounts on this computer, a data folder of its own, and a sample export in the queue."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.redact import Redactor
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.paths import sample_export
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.practice.server import PracticeServer
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import Keys, SessionKeys
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.opening import is_in_use, store_in

FOLDER: Final = "practice"


class PracticeSession:
    """Starts the practice accounts and opens services on them; empty each time, and ends with the window."""

    def __init__(self, folder: Path, build: Callable[[Path, Keys, AnedotOptions], Services]) -> None:
        self._folder = folder / FOLDER
        self._build = build
        self._clear()
        self.server = PracticeServer()
        self.anedot = AnedotServer()
        self.services: Services

    def _clear(self) -> None:
        """Empty the data folder, as the account starts empty: it never saw the donors of an older queue."""
        if is_in_use(store_in(self._folder)):
            raise StoreError(StoreProblem.LOCKED, StoreMessage.PRACTICE_OPEN)
        if self._folder.is_symlink():
            self._folder.unlink()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self.server.start()
        self.anedot.start()
        keys = SessionKeys(Redactor())
        self.services = services = self._build(self._folder, keys, AnedotOptions(url=self.anedot.url))
        now = services.clock.now()
        connection = services.connections.create(
            ConnectionSettings(
                name=tr("Practice"),
                address=parse_address(self.server.url),
                list_id=self.server.list_id,
                list_name=tr("Donors"),
            ),
            now,
        )
        services.keys.set(services.connections.key_name(connection.id), self.server.key)
        services.anedot.keep(connection.id, self.anedot.uid, self.anedot.key)
        self.anedot.accounts.add_samples(local_time(now).date())
        import_table(services.queue, services.row_hashes, connection, [sample_export()], load_profiles(), now=now)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.services.close()
        self.server.stop()
        self.anedot.stop()
