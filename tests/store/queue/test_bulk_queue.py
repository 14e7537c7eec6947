"""A bulk request's records belong to one claim: whoever has lost it, or its connection, changes nothing."""

from collections.abc import Sequence

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.claims import BulkClaim, BulkResult
from tests.made_up import NOW, Store
from tests.store.plain_rows import plain_rows

FAILED = reason(ReasonCode.BULK_FAILED_ADDRESS, detail="odd")
LOG = AttemptLog(started_at=NOW, duration_ms=1, contact_payload=None, list_payload=None)
SENT = BulkResult(end=rules.Success(), reason=reason(ReasonCode.SENT_IN_BULK), log=LOG)


def _bulk(store: Store) -> BulkQueue:
    return BulkQueue(store.database, store.owners)


def _all(contacts: Sequence[ContactPayload]) -> Sequence[int]:
    return range(len(contacts))


def _claim(store: Store, connection: Connection) -> BulkClaim:
    claim = _bulk(store).claim(connection.id, NOW, _all, 250)
    assert claim is not None
    return claim


def test_nothing_is_claimed_or_adopted_for_a_connection_that_is_gone_or_paused(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    claim = _claim(store, connection)
    assert _bulk(store).store_accepted(claim, "b-1", {}, (), NOW)
    assert _bulk(store).release(claim, NOW)
    store.connections.pause(connection.id, NOW)

    assert _bulk(store).claim(connection.id, NOW, _all, 250) is None
    assert _bulk(store).adopt(connection.id, NOW) is None
    assert _bulk(store).claim(connection.id + 1, NOW, _all, 250) is None
    assert store.count("SELECT COUNT(*) FROM bulk_batch") == 1


def test_nothing_is_kept_once_the_claim_is_given_back(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    claim = _claim(store, connection)
    assert _bulk(store).renew(claim, NOW)
    assert _bulk(store).release(claim, NOW)

    assert not _bulk(store).renew(claim, NOW)
    assert not _bulk(store).store_accepted(claim, "b-1", {claim.members[0].record_id: FAILED}, (), NOW)
    assert _bulk(store).finish(claim, SENT, NOW) is None
    assert not _bulk(store).release(claim, NOW)
    assert store.states(connection) == [RecordState.WAITING] * 3
    assert store.history.attempts(connection.id) == []


def test_nothing_is_kept_for_a_connection_that_was_deleted_meanwhile(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    claim = _claim(store, connection)
    with store.database.writing() as sql:
        sql.execute("DELETE FROM connection WHERE id = ?", (connection.id,))

    assert _bulk(store).finish(claim, SENT, NOW) is None
    assert store.count("SELECT COUNT(*) FROM attempt") == 0


def test_a_request_is_adopted_once_and_by_nobody_while_somebody_asks_for_its_result(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    claim = _claim(store, connection)
    assert _bulk(store).store_accepted(claim, "b-1", {}, (), NOW)
    with store.another() as other:
        assert _bulk(other).adopt(connection.id, NOW) is None
    assert _bulk(store).release(claim, NOW)

    adopted = _bulk(store).adopt(connection.id, NOW)

    assert adopted is not None
    assert (adopted.taken_as, adopted.members) == (
        "b-1",
        tuple(member.__class__(member.record_id, ContactPayload(member.payload.email), 0) for member in claim.members),
    )
    assert _bulk(store).adopt(connection.id, NOW) is None


def test_a_request_none_of_whose_records_is_left_is_over(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    claim = _claim(store, connection)
    assert _bulk(store).store_accepted(claim, "b-1", {}, (), NOW)
    assert _bulk(store).release(claim, NOW)
    with store.database.writing() as sql:
        sql.execute("DELETE FROM record")

    assert _bulk(store).adopt(connection.id, NOW) is None
    assert plain_rows(store.database.rows("SELECT state, steps FROM bulk_batch")) == [("ended", None)]
