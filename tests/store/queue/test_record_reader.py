"""The queue is shown by pages, and every record with where it came from."""

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.rules import Success
from ac_desktop.model.states import RecordState, Step
from ac_desktop.store.queue import record_reader
from ac_desktop.store.queue.record_reader import ProblemRow
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, donor, new_record, settings

NO_EMAIL = reason(ReasonCode.NO_EMAIL)
REFUNDED = reason(ReasonCode.REFUNDED)


def test_a_record_is_shown_with_all_that_is_known_of_it(store: Store) -> None:
    connection = store.connect()
    batch = store.fill(connection, 1)
    claim = store.claim(connection, NOW + 5)
    store.queue.store_contact(claim, "25", now=NOW)

    (record,) = store.views.records(connection.id)

    assert (record.connection_id, record.batch_id, record.row, record.donor) == (connection.id, batch, 2, donor(2))
    assert (record.state, record.step, record.contact_id) == (RecordState.SENDING, Step.LIST, "25")
    assert record.was_new is None, "what an attempt saw is nobody's before it has ended"
    assert (record.file_name, record.sheet, record.tries, record.changed_at) == ("made-up.csv", "", 0, NOW + 5)
    assert (record.cause, record.reason) == (None, None)
    assert store.views.record(record.id) == record
    assert store.views.record(99) is None


def test_records_are_read_by_pages_in_the_order_they_were_queued(store: Store) -> None:
    connection, other = store.connect(), store.connect(settings("Other"))
    store.fill(connection, 450)
    store.fill(other, 3)
    for _ in range(3):
        store.end(store.claim(connection), Success())
    numbers = store.views.record_ids(connection.id)

    assert numbers == sorted(numbers)
    assert len(numbers) == 450
    assert [record.id for record in store.views.records(connection.id)] == numbers[: record_reader.PAGE]
    page = store.views.records(connection.id, after=numbers[9], limit=5)
    assert [record.id for record in page] == numbers[10:15]
    assert [record.id for record in store.views.all_records(connection.id)] == numbers
    assert store.views.record_ids(connection.id, RecordState.SENT) == numbers[:3]
    sent = store.views.all_records(connection.id, RecordState.SENT)
    assert [record.id for record in sent] == numbers[:3]


def test_any_number_of_records_can_be_asked_for_by_number(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 5)
    numbers = store.views.record_ids(connection.id)

    wanted = [numbers[3], 10**9, numbers[0], *range(1000, 300_000)]

    assert [record.id for record in store.views.by_ids(wanted)] == [numbers[3], numbers[0]]
    assert store.views.by_ids([]) == []


def test_the_problems_of_a_batch_are_reported_in_the_order_of_the_file(store: Store) -> None:
    connection = store.connect()
    made = [
        new_record(row, state=RecordState.HELD if row % 2 else RecordState.SKIPPED, why=NO_EMAIL if row % 2 else None)
        for row in range(2, 402)
    ]
    batch = store.fill(connection, [new_record(1), *made])
    store.fill(connection, [new_record(2, state=RecordState.SKIPPED, why=REFUNDED)])

    problems = list(store.views.problems(batch))

    assert [problem.row for problem in problems] == list(range(2, 402))
    assert problems[:2] == [ProblemRow(2, RecordState.SKIPPED, None), ProblemRow(3, RecordState.HELD, NO_EMAIL)]


def test_the_original_row_is_reported_with_file_sheet_and_header(store: Store) -> None:
    connection = store.connect()
    source = BatchSource(kind="file", file_name="made-up.xlsx", sheet="Donors", header=("Row", "E-mail"))
    batch = store.queue.open_batch(connection.id, source, NOW)
    store.queue.add(connection.id, batch, [new_record(7)], NOW)
    store.queue.close_batch(batch)
    (number,) = store.views.record_ids(connection.id)

    row = store.views.source_row(number)

    assert row is not None
    assert (row.file_name, row.sheet, row.row) == ("made-up.xlsx", "Donors", 7)
    assert dict(zip(row.header, row.cells, strict=True)) == {"Row": "7", "E-mail": "donor7@example.org"}
    assert store.views.source_row(99) is None
    with store.database.writing() as sql:
        sql.execute("DELETE FROM source_row")
    row = store.views.source_row(number)
    assert row is not None
    assert row.cells == ()
