"""What other workstations have written, and who is there: heard of at once, and asked for every few seconds."""

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

import psycopg

from ac_desktop.store.engines.postgres.reading.presence import PRESENCE, presence_in
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.place import OfficePresence
from ac_desktop.store.ports import Row, Values, WriteScope

CHANNEL: Final = "ac_desktop_news"
BETWEEN_NOTICES: Final = 0.5
"""Seconds between two notices of a workstation: each takes a lock that all of the server's databases share."""
GATHERING: Final = 0.05
"""Seconds until a notice: an import opens its batch and closes it in two transactions, of which others see the last."""
AHEAD: Final = 0.2
"""Seconds by which a transaction may take a notice along before its time: a relay has the next one about then."""
POLL: Final = 5.0
"""Seconds between two looks for what no notice came of, as its writer died before it could send one."""
BETWEEN_LOOKS: Final = 0.1
"""Seconds between two looks that notices ask for: several notices may be about what one look found."""
_WHILE_AWAY: Final = 1.0
KEPT_FOR: Final = 60.0
_NOTIFY: Final = "SELECT pg_notify(?, ?)"
_FORGET: Final = f"DELETE FROM news WHERE at < extract(epoch FROM clock_timestamp()) - {KEPT_FOR:.0f}"
_SINCE: Final = f"""
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS next,
        ARRAY(SELECT id FROM news WHERE transaction >= ?::xid8) AS ids, {PRESENCE}
"""
"""A transaction that is under way has an ID that is not below `next`: what it writes is seen by the next look."""
_FIRST: Final = "0"


class Queries(Protocol):
    """What news need of the database."""

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return a query's rows."""


class Listens(Protocol):
    """What news need of the connection that listens."""

    def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """Call `heard` with the text of each notice of a channel, and with "" after each connecting."""


def insert_statement(scope: WriteScope) -> str:
    """Return the statement by which a transaction says what it has written about."""
    only = scope == WriteScope.of(*scope.connections) and len(scope.connections) == 1
    connection = str(int(scope.connections[0])) if only else "NULL"
    return f"INSERT INTO news (connection, at) SELECT {connection}::bigint, extract(epoch FROM clock_timestamp())"


class NoticeRate:
    """When a workstation may send its next notice; after a pause two at once, as an import writes twice."""

    def __init__(self) -> None:
        self._used_until = float("-inf")

    def next_at(self, now: float) -> float:
        """Return the time from which on a notice may be sent."""
        return max(now, self._used_until - BETWEEN_NOTICES)

    def use(self, now: float) -> None:
        """Count a notice."""
        self._used_until = max(self._used_until, now) + BETWEEN_NOTICES


class News:
    """Notices to the other workstations that this one has written, and a count of what is new for whoever shows it.

    Each look for what is new says who is there too.

    Its thread begins with the first transaction that has written, or with whoever first asks for what is new.
    """

    def __init__(self, queries: Queries, listens: Callable[[], Listens]) -> None:
        self._queries = queries
        self._listens = listens
        self._me = secrets.token_hex(8)
        self._condition = threading.Condition()
        self._heard: list[Callable[[], None]] = []
        self._number = 0
        self._is_to_tell = False
        self._tells_at = 0.0
        self._rate = NoticeRate()
        self._forgets_at: float | None = None
        self._is_followed = False
        self._is_listening = False
        self._is_away = False
        self._is_closed = False
        self._thread: threading.Thread | None = None
        self._looks_at = 0.0
        self._looked_at = float("-inf")
        self._next: str | None = None
        self._seen: frozenset[int] = frozenset()
        self._presence: OfficePresence | None = None

    @property
    def number(self) -> int:
        """A number that changes with what is new; no question to the server."""
        self._follow()
        return self._number

    def presence(self) -> OfficePresence:
        """Return who was there at the last look; asked for where there was none yet."""
        known = self._presence
        if known is None:
            (found,) = self._queries.rows(f"SELECT {PRESENCE}")
            known = self._presence = presence_in(found)
        return known

    def subscribe(self, heard: Callable[[], None]) -> None:
        """Call `heard` on another thread as soon as another workstation has written."""
        with self._condition:
            self._heard.append(heard)
        self._follow()

    def tell(self, *, is_told: bool = False) -> None:
        """Send the others a notice soon, as this process has written, unless its transaction was sent with one."""
        with self._condition:
            self._number += 1
            if not is_told and not self._is_to_tell:
                self._is_to_tell = True
                # A later transaction may take the notice along until then.
                now = time.monotonic()
                self._tells_at = max(now + GATHERING, self._rate.next_at(now))
            if self._forgets_at is None:
                self._forgets_at = time.monotonic() + KEPT_FOR
            self._begin()

    def due_notice(self) -> tuple[str, ...]:
        """Return channel and text of a notice to be sent with a transaction; nothing where one was sent just now.

        The next one is as much later as this one is ahead of its time.
        """
        with self._condition:
            now = time.monotonic()
            if self._rate.next_at(now) > now + AHEAD:
                return ()
            self._rate.use(now)
            self._is_to_tell = False
            return CHANNEL, self._me

    def close(self) -> None:
        """End the thread, once it has told what it has to."""
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _follow(self) -> None:
        if not self._is_followed:
            with self._condition:
                self._is_followed = True
                self._begin()

    def _begin(self) -> None:
        """Begin the thread, or wake it, holding the condition."""
        if self._thread is None and not self._is_closed:
            self._thread = threading.Thread(target=self._run, name="office-news", daemon=True)
            self._thread.start()
        self._condition.notify_all()

    def _run(self) -> None:
        while not self._is_closed:
            try:
                self._work()
            except (StoreError, psycopg.Error):
                self._looks_at = 0.0
                self._set_away(is_away=True)
            else:
                self._set_away(is_away=False)
            self._wait()
        if self._is_to_tell:
            with suppress(StoreError):
                self._send_notice()

    def _wait(self) -> None:
        """Wait until there is something to do."""
        with self._condition:
            if self._is_away:
                self._condition.wait_for(lambda: self._is_closed, _WHILE_AWAY)
                return
            while not self._is_closed and (due_in := self._due_in()) > 0:
                self._condition.wait(min(due_in, threading.TIMEOUT_MAX))

    def _due_in(self) -> float:
        if self._is_followed and not self._is_listening:
            return 0.0
        due = [
            self._tells_at if self._is_to_tell else float("inf"),
            self._looks_at if self._is_followed else float("inf"),
            self._forgets_at if self._forgets_at is not None else float("inf"),
        ]
        return min(due) - time.monotonic()

    def _work(self) -> None:
        if self._is_followed and not self._is_listening:
            # The first look is what later ones are compared with, so it comes before the first notice.
            self._look()
            self._listens().listen(CHANNEL, self._hear)
            self._is_listening = True
        if self._is_to_tell and time.monotonic() >= self._tells_at:
            self._send_notice()
        if self._is_followed and time.monotonic() >= self._looks_at:
            self._look()
        if self._forgets_at is not None and time.monotonic() >= self._forgets_at:
            self._forgets_at = None
            self._queries.rows(_FORGET)

    def _send_notice(self) -> None:
        with self._condition:
            self._is_to_tell = False
            self._rate.use(time.monotonic())
        try:
            self._queries.rows(_NOTIFY, (CHANNEL, self._me))
        except StoreError:
            with self._condition:
                self._is_to_tell = True
            raise

    def _look(self) -> None:
        """Look for what was written since the last look."""
        with self._condition:
            # A notice that arrives meanwhile asks for another look.
            self._looked_at = time.monotonic()
            self._looks_at = self._looked_at + POLL
        (found,) = self._queries.rows(_SINCE, (self._next or _FIRST,))
        ids = frozenset(found["ids"])
        is_new = self._next is not None and not ids <= self._seen
        self._next, self._seen = str(found["next"]), ids
        self._presence = presence_in(found)
        if is_new:
            self._report()

    def _hear(self, text: str) -> None:
        """Look at once where another workstation has written; what came before a connecting is reported unseen."""
        if not text:
            self._report()
        elif text != self._me:
            with self._condition:
                self._looks_at = min(self._looks_at, self._looked_at + BETWEEN_LOOKS)
                self._condition.notify_all()

    def _set_away(self, *, is_away: bool) -> None:
        """Report once that the server is away, or that it is back: what is shown is to be read again."""
        if is_away != self._is_away:
            self._is_away = is_away
            self._report()

    def _report(self) -> None:
        with self._condition:
            self._number += 1
            heard = tuple(self._heard)
        for listener in heard:
            listener()
