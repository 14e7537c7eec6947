"""Takes donations that nobody looks at first from Anedot into the queue, and says how that ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import DetectedTable, ImportOptions, StagedBatch, import_source
from ac_desktop.importing.profiles.profiles import load_profiles, own_profile_folders
from ac_desktop.importing.sources.anedot_api import FetchProblem, problem_text
from ac_desktop.importing.sources.anedot_fetch import Anedot, FailedFetch
from ac_desktop.importing.staging import PageNeededError
from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue.queue import Queue


@dataclass(frozen=True, kw_only=True)
class FetchOutcome:
    """How a fetch ended.

    `batch_id` and `import_result` are of the batch that was queued; None where nothing new came, where a person must
    answer something first (`needs_answer`), and with a `problem`. `known` donations were left out, as the connection
    has them. `not_before` is when a schedule may fetch from this account next, where it was too soon. `text` is a
    sentence for people, "" where all is well.
    """

    batch_id: int | None = None
    import_result: ImportResult | None = None
    needs_answer: bool = False
    known: int = 0
    requests_left: int = 0
    problem: FetchProblem | None = None
    not_before: float | None = None
    text: str = ""


class _AnswerNeededError(Exception):
    """A person must answer something before these donations are queued."""


def import_fetched(
    anedot: Anedot,
    queue: Queue,
    row_hashes: RowHashes,
    connection: Connection,
    from_day: date,
    to_day: date,
    *,
    by_itself: bool,
    cover: Callable[[int], None] | None = None,
) -> FetchOutcome:
    """Queue the donations of these days that the connection does not have. Raise StoreError or AddressError.

    `cover` is called with the number of the batch before it is queued.
    """
    fetched = anedot.fetch.fetch(connection, from_day, to_day, by_itself=by_itself)
    if isinstance(fetched, FailedFetch):
        return FetchOutcome(
            requests_left=fetched.requests_left,
            problem=fetched.problem,
            not_before=fetched.not_before,
            text=problem_text(fetched.problem),
        )
    known, left = fetched.known, fetched.requests_left
    if fetched.source is None:
        return FetchOutcome(known=known, requests_left=left)
    try:
        imported = import_source(
            queue,
            row_hashes,
            connection,
            fetched.source,
            load_profiles(*own_profile_folders()),
            now=anedot.now(),
            answer=_refuse_questions,
            before_queueing=partial(_refuse_doubts, cover),
        )
    except (PageNeededError, _AnswerNeededError):
        return FetchOutcome(needs_answer=True, known=known, requests_left=left)
    except ImportFileError as error:
        return FetchOutcome(known=known, requests_left=left, problem=FetchProblem.NOT_IMPORTED, text=str(error))
    return FetchOutcome(batch_id=imported.batch_id, import_result=imported.result, known=known, requests_left=left)


def _refuse_questions(_: DetectedTable) -> ImportOptions:
    raise _AnswerNeededError


def _refuse_doubts(cover: Callable[[int], None] | None, staged: Sequence[StagedBatch]) -> None:
    """Raise _AnswerNeededError where a column states a status that is not read and may be a refusal."""
    if any(one.doubtful_columns for one in staged):
        raise _AnswerNeededError
    if cover is not None:
        for one in staged:
            cover(one.batch_id)
