"""Donors that come in by themselves: queued where nothing about them is in doubt, and left for a person otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import (
    DetectedTable,
    ImportedBatch,
    ImportOptions,
    PageNeededError,
    StagedBatch,
    import_table,
)
from ac_desktop.importing.profiles.profiles import load_profiles, own_profile_folders
from ac_desktop.model import reasons
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.platform.local_time import local_time
from ac_desktop.reporting.import_result_file import ImportResultSheet, import_result_html
from ac_desktop.services import Services
from ac_desktop.store.connections.automatic_relay import RelayPermit
from ac_desktop.store.history.notices import ActionCode, NoticeCode


class ImportDoubt(StrEnum):
    """Why something that came in was not queued and waits for a person."""

    QUESTION = "question"
    """A column, the order of dates or the names leave something open."""
    PAGE = "page"
    """No action page is named, and the connection takes only some."""
    STATUS = "status"
    """A column holds a status that is not read and may be a refusal."""
    HELD_ROWS = "held_rows"
    """Some rows have to be fixed, or their own columns say that they may not be put on a list."""
    NOT_READABLE = "not_readable"
    """It cannot be read, is no donor file, or holds no donors."""


class DoubtError(Exception):
    """Nothing was queued, as only a person can say what is right."""

    def __init__(self, doubt: ImportDoubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What was queued by itself: its batches, the hashes of what was read, and the import results as a page (HTML)."""

    batches: tuple[ImportedBatch, ...]
    hashes: tuple[str, ...]
    result_html: str

    @property
    def numbers(self) -> dict[str, int]:
        """The rows and their states, over all batches."""
        results = [one.result for one in self.batches]
        return {
            "rows": sum(one.rows for one in results),
            "waiting": sum(one.waiting for one in results),
            "held": sum(one.held for one in results),
            "skipped": sum(one.skipped for one in results),
        }


def take_file(services: Services, connection: Connection, path: Path, permit: RelayPermit | None) -> Intake:
    """Queue a file's donors, covered by a permission to relay them where there is one.

    Raises DoubtError where a person has to look at it first: then nothing of it is queued.
    """
    try:
        imported = import_table(
            services.queue,
            services.row_hashes,
            connection,
            [path],
            load_profiles(*own_profile_folders()),
            now=services.clock.now(),
            layouts=services.layouts,
            answer=refuse_questions,
            before_queueing=partial(_accept, services, permit),
        )
    except PageNeededError as error:
        raise DoubtError(ImportDoubt.PAGE) from error
    except ImportFileError as error:
        raise DoubtError(ImportDoubt.NOT_READABLE) from error
    sheets = tuple(_sheet(services, connection, one) for one in imported)
    return Intake(
        batches=tuple(imported),
        hashes=tuple(sheet.sha256 for sheet in sheets),
        result_html=import_result_html(sheets),
    )


def refuse_questions(detected: DetectedTable) -> ImportOptions:
    """Answer nothing. Raises DoubtError."""
    raise DoubtError(ImportDoubt.PAGE if detected.needs_page else ImportDoubt.QUESTION)


def refuse_doubtful(staged: StagedBatch) -> None:
    """Raise DoubtError where a column may hold a refusal that is not read."""
    if staged.doubtful_columns:
        raise DoubtError(ImportDoubt.STATUS)


def _accept(services: Services, permit: RelayPermit | None, staged: Sequence[StagedBatch]) -> None:
    """Refuse staged batches that a person has to see, as the window does; cover them otherwise."""
    for one in staged:
        refuse_doubtful(one)
        if services.queue.batch_counts(one.batch_id).held:
            raise DoubtError(ImportDoubt.HELD_ROWS)
    for one in staged:
        services.automatic_relays.cover(permit, one.batch_id)


def _sheet(services: Services, connection: Connection, one: ImportedBatch) -> ImportResultSheet:
    facts, kinds = services.staging.facts(one.batch_id), services.staging.kinds(one.batch_id)
    if facts is None:
        raise LookupError(f"Batch {one.batch_id} is no longer there")
    return ImportResultSheet(
        file_name=f"{facts.file_name} / {facts.sheet}" if facts.sheet else facts.file_name,
        sha256=facts.sha256,
        recognised_as=facts.recognised_as,
        connection=connection.name,
        account=connection.host,
        list_=f"{connection.settings.list_name} ({connection.settings.list_id})",
        queued_at=local_time(facts.queued_at).isoformat(sep=" ", timespec="seconds"),
        who=services.database.person(),
        result=one.result,
        kinds=tuple((reasons.label(code), number) for (_, code), number in kinds.reasons.items()),
    )


def report_queued(
    services: Services, report: Report, connection: Connection, result: ImportResult, *, source: str
) -> None:
    """Record that donors of a source were queued, ask a person to look at those that are held, and report both."""
    notices, now = services.notices, services.clock.now()
    numbers = {"rows": result.rows, "waiting": result.waiting, "held": result.held, "skipped": result.skipped}
    details = {name: str(number) for name, number in numbers.items()}
    notices.record_action(connection.id, ActionCode.QUEUED, now, source=source, **details)
    if result.held:
        held = services.queue.counts(connection.id).held
        notices.post(connection.id, NoticeCode.HELD_WAITING, now, count=str(held))
    report(
        AutomationEvent(
            at=now, code=AutomationCode.QUEUED, connection=connection.name, numbers=numbers, texts={"source": source}
        )
    )


def report_doubt(
    services: Services, report: Report, connection: Connection, doubt: ImportDoubt, *, source: str
) -> None:
    """Record that donors of a source wait for a person; a doubt that is known already is not reported again."""
    now, details = services.clock.now(), {"source": source, "why": doubt.value}
    services.notices.record_action(connection.id, ActionCode.NEEDS_ANSWER, now, **details)
    if services.notices.post(connection.id, NoticeCode.IMPORT_NEEDS_ANSWER, now, subject=source, **details):
        report(AutomationEvent(at=now, code=AutomationCode.NEEDS_ANSWER, connection=connection.name, texts=details))
