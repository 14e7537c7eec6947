"""Relays what came in by itself, as soon as a connection may relay, and says what a person should know of it."""

from dataclasses import dataclass, field
from typing import Final

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import ConnectionState
from ac_desktop.relay.connection_keys import KeyUnusableError
from ac_desktop.relay.progress import Progress
from ac_desktop.services import Services
from ac_desktop.store.history.notices import ActionCode, NoticeCode
from ac_desktop.store.office.duty import DutyWish

_WITHOUT_KEY: Final = 20.0
"""Seconds until the keyring is asked again for a key that was not there or is outdated."""
_AFTER_TROUBLE: Final = 300.0
"""Seconds until a relay that ended in trouble, such as a missing key, begins again."""


@dataclass
class AutomaticRelaying:
    """Starts relays by themselves for all connections, and watches how each ends."""

    services: Services
    report: Report
    wish: DutyWish = DutyWish.ANYONE
    _started: set[int] = field(default_factory=set, init=False)
    _not_before: dict[int, float] = field(default_factory=dict, init=False)
    _is_left: bool = field(default=False, init=False)
    _lacks_key: dict[int, Reason] = field(default_factory=dict, init=False)

    @property
    def is_left_to_another(self) -> bool:
        """Whether donors wait that another workstation, which has the duty of their account, is to relay."""
        return self._is_left

    @property
    def is_relaying(self) -> bool:
        """Whether a relay that began here is under way."""
        return bool(self._started)

    def check(self) -> None:
        """Start what may start, and record what has ended."""
        self._is_left = False
        for connection in self._connections():
            self._end_taken_over(connection)
            if connection.id in self._started and not self.services.engine.is_running(connection.id):
                self._started.discard(connection.id)
                self._record_end(connection)
            self._check_state(connection)
            if self._may_start(connection):
                self._start(connection)
        self._close_settled()

    def _may_start(self, connection: Connection) -> bool:
        """Whether donors wait who may leave by themselves; each claim asks the store for the same again."""
        if connection.state is not ConnectionState.ACTIVE:
            self._stand_down(connection)
            return False
        not_before = self._not_before.get(connection.id, 0.0)
        if connection.id in self._started or not_before > self.services.clock.now():
            return False
        has_waiting = self._has_waiting(connection)
        if not has_waiting and not self._goes_first(connection):
            return False
        if not self._has_key(connection):
            self._stand_down(connection)
            return False
        return self._has_duty(connection) and has_waiting

    def _connections(self) -> list[Connection]:
        return self.services.connections.all()

    def _has_waiting(self, connection: Connection) -> bool:
        return self.services.automatic_relays.has_waiting(connection.id)

    def _is_on(self, connection: Connection) -> bool:
        return self.services.automatic_relays.switch(connection.id).is_on

    def _stand_down(self, connection: Connection) -> None:
        """Leave the duty of a connection that is not relayed here now to others."""
        self.services.duties.leave(connection.account, self.wish)

    def _goes_first(self, connection: Connection) -> bool:
        """Whether this one takes the duty before donors wait, as a service of an office does."""
        is_chosen = self.services.duties.is_shared and self.wish is not DutyWish.ANYONE
        return is_chosen and self._is_on(connection)

    def _has_duty(self, connection: Connection) -> bool:
        """Whether this workstation is the one that relays for the account by itself: more of them bring no speed."""
        has_duty = self.services.duties.take(connection.account, self.wish)
        self._is_left = self._is_left or not has_duty
        return has_duty

    def _end_taken_over(self, connection: Connection) -> None:
        """End a relay that began here where another workstation has taken the duty; what a person began goes on."""
        services = self.services
        if connection.id in self._started and not services.duties.take(connection.account, self.wish):
            services.engine.halt_automatic(connection.id)

    def _has_key(self, connection: Connection) -> bool:
        """Whether this computer has the key. In an office the others relay: the lack is told here, and to nobody else.

        Outside one a relay is started all the same, and ends with a notice.
        """
        if self.services.store.office is None:
            return True
        try:
            self.services.connection_keys.get(connection.id)
        except KeyUnusableError as error:
            now, why = self.services.clock.now(), error.reason
            self._not_before[connection.id] = now + _WITHOUT_KEY
            if self._lacks_key.get(connection.id) != why:
                self._lacks_key[connection.id] = why
                code = AutomationCode(why.code.value)
                self.report(AutomationEvent(at=now, code=code, connection=connection.name, texts=why.values))
            return False
        self._lacks_key.pop(connection.id, None)
        return True

    def _start(self, connection: Connection) -> None:
        self._started.add(connection.id)
        self._tell(AutomationCode.RELAYING, connection, waiting=self._waiting(connection))
        self._begin(connection)

    def _waiting(self, connection: Connection) -> int:
        return self.services.automatic_relays.waiting(connection.id)

    def _begin(self, connection: Connection) -> None:
        self.services.engine.start_automatic(connection.id)

    def _record_end(self, connection: Connection) -> None:
        services, now = self.services, self.services.clock.now()
        ended = services.engine.progress(connection.id)
        has_trouble = ended.trouble or ended.is_own_fault
        services.duties.leave(connection.account, self.wish if has_trouble else DutyWish.ANYONE)
        numbers = {"sent": ended.sent, "failed": ended.failed, "held": ended.held}
        counts = services.queue.counts(connection.id)
        services.notices.record_action(
            connection.id, ActionCode.RELAYED, now, **{name: str(number) for name, number in numbers.items()}
        )
        self._tell(AutomationCode.RELAYED, connection, **numbers)
        if ended.failed and counts.failed:
            services.notices.post(connection.id, NoticeCode.DONE_WITH_FAILURES, now, count=str(counts.failed))
        if ended.held and counts.held:
            services.notices.post(connection.id, NoticeCode.HELD_WAITING, now, count=str(counts.held))
        self._record_trouble(connection, ended, now)

    def _record_trouble(self, connection: Connection, ended: Progress, now: float) -> None:
        if not ended.trouble and not ended.is_own_fault:
            self.services.notices.close_all(connection.id, [NoticeCode.KEY_MISSING], now)
            return
        self._not_before[connection.id] = now + _AFTER_TROUBLE
        if self.services.store.office is not None:
            return
        if ended.trouble_code is ReasonCode.KEY_MISSING and self.services.notices.post(
            connection.id, NoticeCode.KEY_MISSING, now
        ):
            self._tell(AutomationCode.KEY_MISSING, connection)

    def _check_state(self, connection: Connection) -> None:
        """Post a notice of a connection that is inactive while it should run by itself, and close it afterwards."""
        services, now = self.services, self.services.clock.now()
        if connection.state is not ConnectionState.INACTIVE:
            services.notices.close_all(connection.id, [NoticeCode.SWITCHED_OFF], now)
        elif self._is_on(connection) and services.notices.post(connection.id, NoticeCode.SWITCHED_OFF, now):
            self._tell(AutomationCode.SWITCHED_OFF, connection)

    def _close_settled(self) -> None:
        """Close the notices about donors that no longer are as they say."""
        services, now = self.services, self.services.clock.now()
        for notice in services.notices.open():
            if notice.code in {NoticeCode.HELD_WAITING, NoticeCode.DONE_WITH_FAILURES}:
                counts = services.queue.counts(notice.connection_id)
                left = counts.held if notice.code is NoticeCode.HELD_WAITING else counts.failed
                if not left:
                    services.notices.close(notice.id, now)

    def _tell(self, code: AutomationCode, connection: Connection, **numbers: int) -> None:
        self.report(
            AutomationEvent(at=self.services.clock.now(), code=code, connection=connection.name, numbers=numbers)
        )
