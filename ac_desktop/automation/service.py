"""Relays whatever waits, by hand or by itself, as a service that somebody started for it."""

from dataclasses import dataclass, field
from typing import Final

from ac_desktop.automation.relaying import AutomaticRelaying
from ac_desktop.model.connection import Connection
from ac_desktop.store.office.duty import DutyWish

_BETWEEN: Final = 2.0
"""Seconds between two relays of a connection, as one may end while another workstation has the last of its donors."""


@dataclass
class ServiceRelaying(AutomaticRelaying):
    """Starts the relays of one connection, or of all: whoever started the service pressed *Relay* for them."""

    wish: DutyWish = DutyWish.SERVICE
    connection_id: int | None = None
    """The connection that is relayed alone; None for all of them, also those that are made later."""
    _account_of_key: str = field(default="", init=False)
    _shown: dict[int, str] = field(default_factory=dict, init=False)

    def _connections(self) -> list[Connection]:
        """Return the connections to relay: a key from the environment is for one account, whichever there was first."""
        found = self.services.connections.all()
        if self.connection_id is not None:
            return [one for one in found if one.id == self.connection_id]
        if self.services.given_key is None or not found:
            return found
        self._account_of_key = self._account_of_key or found[0].account
        return [one for one in found if one.account == self._account_of_key]

    def _has_waiting(self, connection: Connection) -> bool:
        return self._waiting(connection) > 0 or self.services.engine.has_open_results(connection.id)

    def _is_on(self, connection: Connection) -> bool:  # noqa: ARG002  others ask its switch, a service relays all
        return True

    def _waiting(self, connection: Connection) -> int:
        return self.services.queue.counts(connection.id).waiting

    def _begin(self, connection: Connection) -> None:
        self.services.engine.start(connection.id)

    def _has_duty(self, connection: Connection) -> bool:
        has_duty = super()._has_duty(connection)
        if not has_duty:
            self._show_no_more(connection)
        elif connection.id not in self._shown:
            self.services.duties.relay_begins(connection.id, connection.account)
            self._shown[connection.id] = connection.account
        return has_duty

    def _stand_down(self, connection: Connection) -> None:
        self._show_no_more(connection)
        if connection.account not in self._shown.values():
            super()._stand_down(connection)

    def _show_no_more(self, connection: Connection) -> None:
        account = self._shown.pop(connection.id, None)
        if account is not None:
            self.services.duties.relay_ends(connection.id, account)

    def _end_taken_over(self, connection: Connection) -> None:
        """Let a relay go on that began here: it is as one that a person began."""

    def _record_end(self, connection: Connection) -> None:
        super()._record_end(connection)
        soonest = self.services.clock.now() + _BETWEEN
        self._not_before[connection.id] = max(soonest, self._not_before.get(connection.id, 0.0))
