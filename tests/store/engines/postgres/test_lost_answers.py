"""An outcome that is stored, and whose answer never arrives, is stored again and counts once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from ac_desktop.model import rules
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.errors import StoreError
from tests.made_up import NOW, POSTGRES, Engine, Store, ended
from tests.office.proxy import Proxy
from tests.postgres_store import office_of

_TOKENS = "SELECT COUNT(claim_token) FROM attempt"
_AGAIN = """
    INSERT INTO attempt (connection_id, record_id, started_at, duration_ms, outcome, streak, contact_payload, steps,
        claim_token)
    SELECT connection_id, record_id, started_at, duration_ms, outcome, streak, contact_payload, steps, claim_token
    FROM attempt
"""


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    made = Proxy(office_of(tmp_path / "data").port).start()
    yield made
    made.close()


@pytest.fixture
def far(tmp_path: Path, proxy: Proxy) -> Iterator[Store]:
    def at_a_distance(folder: Path) -> PostgresDatabase:
        return PostgresDatabase(replace(office_of(folder), port=proxy.port))

    with Store(tmp_path / "data", Engine("postgres", at_a_distance, POSTGRES.owners)) as store:
        yield store


@pytest.mark.parametrize("distant", [True, False])
@pytest.mark.parametrize("lost", [1, 2])
def test_an_outcome_whose_commit_was_not_answered_counts_once(
    store: Store,
    far: Store,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
    lost: int,
    distant: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(PostgresDatabase, "is_distant", distant)
    connection = store.connect()
    store.fill(connection, 4)
    claim = far.claim(connection)
    for _ in range(lost):
        proxy.lose_answer_to(b"COMMIT")
        with pytest.raises(StoreError):
            far.queue.finish(claim, ended(claim, rules.Failure(Cause.DONOR)), NOW, then_claim=True)
        assert len(store.history.attempts(connection.id)) == 1
    assert far.queue.finish(claim, ended(claim, rules.Failure(Cause.DONOR)), NOW) is None
    assert len(store.history.attempts(connection.id)) == 1
    assert store.count(_TOKENS) == 1
    assert store.now_is(connection).circuit.streak == 1
    assert store.states(connection).count(RecordState.FAILED) == 1


def test_the_server_takes_no_second_attempt_of_a_claim(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    store.end(store.claim(connection), rules.Success())
    with pytest.raises(psycopg.errors.UniqueViolation), store.database.writing() as sql:
        sql.execute(_AGAIN)
    assert store.count(_TOKENS) == 1
