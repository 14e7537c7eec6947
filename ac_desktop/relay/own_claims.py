"""The claims this process knows of: those of an answer that an office's server could not give any more are released."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ac_desktop.store.errors import StoreError


@dataclass
class ConnectionClaims:
    """The tokens of one connection's claims; `may_have_unknown` where the answer to a claim was lost."""

    tokens: set[int] = field(default_factory=set)
    may_have_unknown: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, token: int) -> None:
        """Add a claim that was made; by then all unknown ones are released."""
        self.tokens.add(token)


class OwnClaims:
    """The claims of all connections."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_connection: defaultdict[int, ConnectionClaims] = defaultdict(ConnectionClaims)

    @contextmanager
    def claiming(self, connection_id: int) -> Iterator[ConnectionClaims]:
        """Enter a claim: one at a time for a connection, so that what is not known is known to be lost."""
        with self._lock:
            claims = self._by_connection[connection_id]
        with claims.lock:
            try:
                yield claims
            except StoreError as error:
                claims.may_have_unknown |= error.may_pass
                raise
            claims.may_have_unknown = False

    def end(self, connection_id: int, token: int) -> None:
        """Forget a claim."""
        with self._lock:
            claims = self._by_connection[connection_id]
        with claims.lock:
            claims.tokens.discard(token)
