"""Fetches donations by themselves: a few days at a time, within what the account may be asked in a month."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report
from ac_desktop.automation.intake import ImportDoubt, report_doubt, report_queued
from ac_desktop.automation.status import is_asked_for
from ac_desktop.importing.sources.anedot_api import FetchProblem
from ac_desktop.importing.sources.anedot_import import FetchOutcome
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.states import ConnectionState
from ac_desktop.platform.local_time import local_time
from ac_desktop.services import Services
from ac_desktop.store.connections.sources import FetchedDays
from ac_desktop.store.history.notices import ActionCode, NoticeCode

_SUBJECT: Final = "fetch"
_DAY: Final = 86_400.0
_HOUR: Final = 3_600.0
_LONGEST_RANGE: Final = timedelta(days=30)
_KEY_LOOKED_EVERY: Final = 60.0
_FOR_PEOPLE: Final = 200
"""Requests of a month that are left to people."""


@dataclass
class FetchRounds:
    """The fetches of all connections that have an account to fetch from."""

    services: Services
    report: Report
    _key_looks: dict[str, tuple[float, bool]] = field(default_factory=dict, init=False)
    """For names of keys, until when it is known whether they are here."""

    def is_set_up(self, connection_id: int) -> bool:
        """Whether there is an account that this connection fetches from here.

        In an office that is where its key is: a fetch that fails elsewhere would put off the one that succeeds.
        """
        account = self.services.anedot.accounts.of(connection_id)
        return account is not None and (not self.services.duties.is_shared or self._is_key_here(account.key_name))

    def _is_key_here(self, key_name: str) -> bool:
        now = self.services.clock.now()
        until, is_here = self._key_looks.get(key_name, (0.0, False))
        if not now < until <= now + _KEY_LOOKED_EVERY:
            is_here = self.services.anedot.keys.get(key_name) is not None
            self._key_looks[key_name] = now + _KEY_LOOKED_EVERY, is_here
        return is_here

    def is_asked_for(self, connection_id: int) -> bool:
        """Whether a person asked for fetches by themselves."""
        return self.is_set_up(connection_id) and is_asked_for(self.services, connection_id)

    def fetch(self, connection: Connection) -> None:
        """Fetch what is due for a connection; one that is paused or inactive catches up later."""
        services, now = self.services, self.services.clock.now()
        before = services.schedules.fetched(connection.id)
        waits = now < before.not_before <= now + 32 * _DAY
        if connection.state is not ConnectionState.ACTIVE or waits or not self.is_set_up(connection.id):
            return
        first, last = fetched_range(before.through, local_time(now).date())
        permit = services.automatic_relays.permit(connection.id)
        outcome = services.fetch_donations(
            connection, first, last, by_itself=True, cover=lambda batch: services.automatic_relays.cover(permit, batch)
        )
        requests = (last - first).days + 1
        services.schedules.record_fetch(connection.id, _after(before, outcome, last, now, requests))
        if outcome.problem is FetchProblem.TOO_SOON:
            return
        if outcome.problem is not None:
            self._fail(connection, outcome.problem)
        elif outcome.needs_answer:
            report_doubt(services, self.report, connection, ImportDoubt.QUESTION, source=_SUBJECT)
        else:
            self._record(connection, outcome.import_result)

    def _record(self, connection: Connection, result: ImportResult | None) -> None:
        notices, now = self.services.notices, self.services.clock.now()
        codes = [NoticeCode.FETCH_FAILED, NoticeCode.IMPORT_NEEDS_ANSWER]
        notices.close_all(connection.id, codes, now, subject=_SUBJECT)
        if result is None:
            self._tell(AutomationCode.LOOKED, connection)
            return
        report_queued(self.services, self.report, connection, result, source=_SUBJECT)

    def _fail(self, connection: Connection, problem: FetchProblem) -> None:
        now, notices = self.services.clock.now(), self.services.notices
        notices.record_action(connection.id, ActionCode.FAILED, now, source=_SUBJECT, problem=problem.value)
        if notices.post(connection.id, NoticeCode.FETCH_FAILED, now, subject=_SUBJECT, problem=problem.value):
            self._tell(AutomationCode.FETCH_FAILED, connection, problem=problem.value)

    def _tell(self, code: AutomationCode, connection: Connection, **texts: str) -> None:
        now = self.services.clock.now()
        self.report(AutomationEvent(at=now, code=code, connection=connection.name, texts=texts))


def fetched_range(through: date | None, today: date) -> tuple[date, date]:
    """Return the days to fetch: today alone while it lasts, on a new day also the last one fetched and the one before.

    Payments settle, and Anedot's days may begin at another hour than ours.
    """
    if through == today:
        return today, today
    first = today - timedelta(days=1) if through is None else through - timedelta(days=1)
    return min(max(first, today - _LONGEST_RANGE), today), today


def _after(before: FetchedDays, outcome: FetchOutcome, last: date, now: float, requests: int) -> FetchedDays:
    """Return what is kept after a fetch: where it failed, its days are fetched again."""
    if outcome.not_before is not None:
        return FetchedDays(through=before.through, not_before=outcome.not_before)
    if outcome.needs_answer:
        return FetchedDays(through=before.through, not_before=now + _DAY)
    if outcome.problem is not None:
        return FetchedDays(through=before.through, not_before=now + _HOUR)
    pause = budget_pause(outcome.requests_left, requests, now)
    return FetchedDays(through=last, not_before=now + pause)


def budget_pause(requests_left: int, requests: int, now: float) -> float:
    """Return the seconds until the next fetch with which the month's requests last, some of them left to people.

    Never less than an hour. Months are those of UTC, as they are counted.
    """
    moment = datetime.fromtimestamp(now, UTC)
    ends = (moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)).replace(day=1)
    left = max(0.0, ends.timestamp() - now)
    usable = requests_left - _FOR_PEOPLE
    return max(_HOUR, min(left, left * min(requests, 2) / usable)) if usable > 0 else max(_HOUR, left)
