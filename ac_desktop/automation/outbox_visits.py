"""Moves donors who waited on this computer to the office, as soon as its server is back."""

from dataclasses import dataclass, field
from typing import Final

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report
from ac_desktop.services import Services

_BETWEEN: Final = 30.0
"""Seconds after which the office's connections are remembered again, for the next time that its server is away."""


@dataclass
class OutboxVisits:
    """Looks whether anybody waits here, and pushes who does. Does nothing outside an office."""

    services: Services
    report: Report
    _next: float = field(default=0.0, init=False)
    _left: int = field(default=0, init=False)

    def check(self) -> None:
        """Push what waits here. Raise StoreError while the server is away."""
        typed, now = self.services.typed_donors, self.services.clock.now()
        if typed is None or (now < self._next and not typed.outbox.entries()):
            return
        self._next = now + _BETWEEN
        visit = typed.visit()
        if visit.pushed or visit.erased or visit.left > self._left:
            numbers = {"pushed": visit.pushed, "left": visit.left, "erased": visit.erased}
            self.report(AutomationEvent(at=now, code=AutomationCode.OUTBOX_PUSHED, numbers=numbers))
        self._left = visit.left
