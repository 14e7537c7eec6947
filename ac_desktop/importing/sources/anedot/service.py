"""What both front ends need of Anedot: the accounts, their keys, and the fetch."""

from collections.abc import Callable
from functools import partial

from ac_desktop.importing.sources.anedot.fetch import LARGEST_DAY, AnedotFetch, SendsRequests
from ac_desktop.importing.sources.anedot.options import AnedotOptions
from ac_desktop.importing.sources.anedot.requests import KEY_HEADER, anedot_address
from ac_desktop.model.connection import KeyLocation
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.anedot_accounts import AnedotAccounts
from ac_desktop.store.connections.keys import GivenKey, Keys
from ac_desktop.store.ports import Database


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

        def client_for(key: str) -> SendsRequests:
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
