"""Queues webhook bodies: those that wait at the same time together, each once, and durably before it is answered."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from ac_desktop.automation.events import Report
from ac_desktop.automation.intake import DoubtError, ImportDoubt, refuse_doubtful, report_doubt, report_queued
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.pipeline import ImportPipeline, PageNeededError, StagedBatch, import_result_of, queue_staged
from ac_desktop.importing.profiles.profiles import load_profiles, own_profile_folders
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.outside import is_deep
from ac_desktop.platform.local_time import local_day
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.row_hashes import WebhookBodies, insert_bodies
from ac_desktop.store.ports import WriteScope

LARGEST_BODY: Final = 256 * 1024
"""Bytes of one body; Anedot's samples have 2,000."""


class BodyError(ValueError):
    """A body that is no JSON object, nor an array of them."""


@dataclass(frozen=True, slots=True)
class WebhookBody:
    """A body and the names of its fields: bodies with the same ones are read alike, alone or together."""

    text: str
    fields: frozenset[str]
    is_one: bool


def read_body(body: bytes) -> WebhookBody:
    """Return a body as it can be imported. Raises BodyError."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BodyError("no JSON") from error
    if is_deep(value):
        raise BodyError("nested too deep")
    if isinstance(value, dict):
        if not value:
            raise BodyError("empty")
        return WebhookBody(text, frozenset(_names(value, "")), is_one=True)
    if isinstance(value, list) and value and all(isinstance(one, dict) and one for one in value):
        return WebhookBody(text, frozenset(), is_one=False)
    raise BodyError("no object")


def source_of(bodies: list[WebhookBody], day: str) -> ImportSource:
    """Return bodies that were received on a day as one source, in their order."""
    return ImportSource(text="\n".join(one.text for one in bodies), received=day)


def _names(value: dict[str, object], prefix: str) -> Iterator[str]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _names(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


_MOST_TOGETHER: Final = 250
_PATIENCE: Final = 20.0
"""Seconds that a request waits for its body to be queued; after an error it is sent again."""
_SUBJECT: Final = "webhook"


class BodyResult(Enum):
    """What became of a body."""

    QUEUED = auto()
    KNOWN = auto()
    IN_DOUBT = auto()
    """Nothing of it is kept, as only a person can say how it is to be read."""
    FAILED = auto()
    """Nothing of it is kept: the database cannot be written to, or the program ends."""


@dataclass(eq=False)
class _Delivery:
    connection_id: int
    body: WebhookBody
    body_hash: bytes
    done: threading.Event = field(default_factory=threading.Event)
    result: BodyResult = BodyResult.FAILED

    def end(self, result: BodyResult) -> None:
        self.result = result
        self.done.set()


class WebhookIntake:
    """Takes bodies from many threads and queues them on one of its own.

    Bodies with the same fields that wait at the same time are one batch: one durable transaction for all of them. The
    batches of a day have one name, so that a list of imports can show them as one.
    """

    def __init__(self, services: Services, report: Report) -> None:
        self._services = services
        self._report = report
        self._bodies = WebhookBodies(services.database, services.row_hashes)
        self._profiles = load_profiles(*own_profile_folders())
        self._condition = threading.Condition()
        self._waiting: list[_Delivery] = []
        self._is_ending = False
        self._thread = threading.Thread(target=self._work, name="webhook-intake", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Queue what waits, and end the thread."""
        with self._condition:
            self._is_ending = True
            self._condition.notify_all()
        self._thread.join()

    def take(self, connection_id: int, body: bytes, read: WebhookBody) -> BodyResult:
        """Queue a body; return once that is durable, or nothing of it is kept."""
        delivery = _Delivery(connection_id, read, self._bodies.hash_of(body))
        with self._condition:
            if self._is_ending:
                return BodyResult.FAILED
            self._waiting.append(delivery)
            self._condition.notify_all()
        delivery.done.wait(_PATIENCE)
        return delivery.result

    def _work(self) -> None:
        try:
            while True:
                with self._condition:
                    self._condition.wait_for(lambda: self._waiting or self._is_ending)
                    if not self._waiting:
                        return
                    taken, self._waiting = self._waiting[:_MOST_TOGETHER], self._waiting[_MOST_TOGETHER:]
                self._queue_all(taken)
        finally:
            with self._condition:
                self._is_ending = True
                for one in self._waiting:
                    one.end(BodyResult.FAILED)
            self._services.database.close_thread()

    def _queue_all(self, taken: Sequence[_Delivery]) -> None:
        try:
            for group in _groups(taken):
                self._queue_group(group)
        except StoreError:
            # What was not queued is answered as such, and sent again; the next bodies may find the disk in order.
            return
        finally:
            for one in taken:
                if not one.done.is_set():
                    one.end(BodyResult.FAILED)

    def _queue_group(self, group: Sequence[_Delivery]) -> None:
        """Queue bodies of one connection as one batch; where that leaves a doubt, each by itself."""
        connection_id = group[0].connection_id
        known = self._bodies.known(connection_id, [one.body_hash for one in group])
        fresh: dict[bytes, _Delivery] = {}
        repeated = []
        for one in group:
            if one.body_hash in known:
                one.end(BodyResult.KNOWN)
            elif fresh.setdefault(one.body_hash, one) is not one:
                repeated.append(one)
        connection = self._services.connections.get(connection_id)
        if fresh and connection is not None:
            self._queue_fresh(connection, list(fresh.values()))
        for one in repeated:
            first = fresh[one.body_hash].result
            one.end(BodyResult.KNOWN if first is BodyResult.QUEUED else first)

    def _queue_fresh(self, connection: Connection, group: list[_Delivery]) -> None:
        try:
            result = self._queue_batch(connection, group)
        except DoubtError as error:
            if len(group) == 1:
                report_doubt(self._services, self._report, connection, error.doubt, source=_SUBJECT)
                group[0].end(BodyResult.IN_DOUBT)
                return
            for one in group:
                self._queue_fresh(connection, [one])
            return
        for one in group:
            one.end(BodyResult.QUEUED)
        report_queued(self._services, self._report, connection, result, source=_SUBJECT)

    def _queue_batch(self, connection: Connection, group: Sequence[_Delivery]) -> ImportResult:
        """Queue bodies in one transaction with what they are recognised by. Raises DoubtError, with nothing kept."""
        services, now = self._services, self._services.clock.now()
        permit = services.automatic_relays.permit(connection.id)
        pipeline = ImportPipeline(
            services.queue, services.row_hashes, connection, self._profiles, now=now, layouts=services.layouts
        )
        source = source_of([one.body for one in group], local_day(now))
        try:
            with pipeline.opened(source, ImportOptions()) as detected:
                if detected.needs_answers:
                    raise DoubtError(ImportDoubt.PAGE if detected.needs_page else ImportDoubt.QUESTION)
                staged = pipeline.stage(detected)
        except PageNeededError as error:
            raise DoubtError(ImportDoubt.PAGE) from error
        except ImportFileError as error:
            raise DoubtError(ImportDoubt.NOT_READABLE) from error
        try:
            refuse_doubtful(staged)
            services.automatic_relays.cover(permit, staged.batch_id)
            return self._close(connection.id, staged, [one.body_hash for one in group], now)
        except BaseException:
            services.queue.drop_batch(staged.batch_id)
            raise

    def _close(self, connection_id: int, staged: StagedBatch, hashes: Sequence[bytes], now: float) -> ImportResult:
        services = self._services
        with services.database.writing(WriteScope.of(connection_id)) as sql:
            insert_bodies(sql, connection_id, hashes, now)
            counts = queue_staged(services.queue, staged, now)
        return import_result_of(counts, staged.result.rows)


def _groups(taken: Sequence[_Delivery]) -> list[list[_Delivery]]:
    """Return bodies by connection and fields; an array of objects is one of its own."""
    groups: defaultdict[object, list[_Delivery]] = defaultdict(list)
    for one in taken:
        groups[(one.connection_id, one.body.fields) if one.body.is_one else id(one)].append(one)
    return list(groups.values())
