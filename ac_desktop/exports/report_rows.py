"""The records of a connection as rows of a report, each with its original row and the last answer it got."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter

from ac_desktop.exports.headings import by_heading
from ac_desktop.exports.report import ReportRow
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.reasons import who_text
from ac_desktop.model.states import RecordState
from ac_desktop.store.history import History
from ac_desktop.store.records import Record
from ac_desktop.store.views import PAGE, SourceRow, Views

LONGEST_RESPONSE = 2_000
"""Characters of an answer that a report's cell holds."""


def report_rows(
    views: Views, history: History, connection_id: int, states: Sequence[RecordState]
) -> Iterator[ReportRow]:
    """Give the records in these states, in the order in which they were queued, a page at a time."""
    of_each = (views.all_records(connection_id, state) for state in states)
    yield from _rows(merge(*of_each, key=attrgetter("id")), views, history)


def report_rows_of(views: Views, history: History, record_ids: Sequence[int]) -> Iterator[ReportRow]:
    """Give these records, in the order given, a page at a time."""
    pages = (list(record_ids[first : first + PAGE]) for first in range(0, len(record_ids), PAGE))
    yield from _rows((record for page in pages for record in views.by_ids(page)), views, history)


def _rows(records: Iterator[Record], views: Views, history: History) -> Iterator[ReportRow]:
    while page := list(islice(records, PAGE)):
        numbers = [record.id for record in page]
        sources, steps = views.source_rows(numbers), history.last_steps(numbers)
        for record in page:
            yield _row(record, sources.get(record.id), steps.get(record.id))


def _row(record: Record, source: SourceRow | None, last: StepLog | None) -> ReportRow:
    donor = record.donor
    return ReportRow(
        file=record.file_name,
        sheet=record.sheet,
        row=record.row,
        state=record.state.value,
        reason=record.reason.text if record.reason else "",
        who=who_text(record.reason.who) if record.reason else "",
        email=donor.email,
        first_name=donor.first_name,
        last_name=donor.last_name,
        phone=donor.phone,
        page=donor.page_name or donor.page,
        contact_id=record.contact_id or "",
        status=str(last.status or last.trouble) if last else "",
        response=last.response[:LONGEST_RESPONSE] if last else "",
        original=by_heading(source.header, source.cells) if source else {},
    )
