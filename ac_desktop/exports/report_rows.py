"""The records of a connection as rows of a report, each with its original row and the last answer it got."""

from collections.abc import Iterator, Sequence

from ac_desktop.exports.headings import by_heading
from ac_desktop.exports.report import ReportRow
from ac_desktop.model.reasons import who_text
from ac_desktop.model.states import RecordState
from ac_desktop.store.history import History
from ac_desktop.store.records import Record
from ac_desktop.store.views import PAGE, Views

LONGEST_RESPONSE = 2_000
"""Characters of an answer that a report's cell holds."""


def report_rows(
    views: Views, history: History, connection_id: int, states: Sequence[RecordState]
) -> Iterator[ReportRow]:
    """Give the records in these states, in the order in which they were queued."""
    for record in views.all_records(connection_id):
        if record.state in states:
            yield _row(record, views, history)


def report_rows_of(views: Views, history: History, record_ids: Sequence[int]) -> Iterator[ReportRow]:
    """Give these records, in the order given."""
    for first in range(0, len(record_ids), PAGE):
        for record in views.by_ids(list(record_ids[first : first + PAGE])):
            yield _row(record, views, history)


def _row(record: Record, views: Views, history: History) -> ReportRow:
    source = views.source_row(record.id)
    attempts = history.attempts_of(record.id)
    last = attempts[-1].steps[-1] if attempts and attempts[-1].steps else None
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
