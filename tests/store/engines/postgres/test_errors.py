"""What a server's error means, in a sentence that names the server; a fault of our own stays one."""

import pickle

import psycopg
import pytest
from psycopg import errors

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres.errors import store_error, translated_errors
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress

ADDRESS = OfficeAddress(host="db.example.org", port=5432, database="office", user="ann", password="made-up-secret")
AWAY, REFUSED = StoreProblem.AWAY, StoreProblem.REFUSED


@pytest.mark.parametrize(
    ("error", "problem", "message"),
    [
        (errors.AdminShutdown(), AWAY, StoreMessage.OFFICE_AWAY),
        (errors.CrashShutdown(), AWAY, StoreMessage.OFFICE_AWAY),
        (errors.CannotConnectNow(), AWAY, StoreMessage.OFFICE_AWAY),
        (errors.TooManyConnections(), AWAY, StoreMessage.OFFICE_AWAY),
        (errors.IdleInTransactionSessionTimeout(), AWAY, StoreMessage.OFFICE_AWAY),
        (psycopg.OperationalError("the connection is closed"), AWAY, StoreMessage.OFFICE_AWAY),
        (psycopg.OperationalError("server closed the connection unexpectedly"), AWAY, StoreMessage.OFFICE_AWAY),
        (errors.ConnectionTimeout("timeout expired"), AWAY, StoreMessage.OFFICE_AWAY),
        (errors.InvalidPassword(), REFUSED, StoreMessage.OFFICE_REFUSED),
        (psycopg.OperationalError("SSL error: certificate verify failed"), REFUSED, StoreMessage.OFFICE_CERTIFICATE),
        (
            psycopg.OperationalError('server certificate for "a" does not match host name "b"'),
            REFUSED,
            StoreMessage.OFFICE_CERTIFICATE,
        ),
        (
            psycopg.OperationalError("server does not support SSL, but SSL was required"),
            REFUSED,
            StoreMessage.OFFICE_NO_TLS,
        ),
        (errors.InsufficientPrivilege(), REFUSED, StoreMessage.OFFICE_NO_RIGHT),
        (errors.InvalidCatalogName(), StoreProblem.FOREIGN, StoreMessage.OFFICE_NO_DATABASE),
        (errors.UndefinedTable(), StoreProblem.FOREIGN, StoreMessage.OFFICE_FOREIGN),
        (errors.LockNotAvailable(), StoreProblem.LOCKED, StoreMessage.OFFICE_LOCKED),
        (errors.DeadlockDetected(), StoreProblem.LOCKED, StoreMessage.OFFICE_LOCKED),
        (errors.DiskFull(), StoreProblem.FULL, StoreMessage.OFFICE_FULL),
        (errors.ReadOnlySqlTransaction(), StoreProblem.READ_ONLY, StoreMessage.OFFICE_READ_ONLY),
    ],
)
def test_a_problem_of_the_server_is_named(error: psycopg.Error, problem: StoreProblem, message: StoreMessage) -> None:
    found = store_error(error, ADDRESS)
    assert found is not None
    assert (found.trouble, found.message) == (problem, message)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  made here
    assert str(again) == str(found)
    assert "{" not in str(found)


@pytest.mark.parametrize(
    "error", [errors.SyntaxError(), errors.UniqueViolation(), errors.UndefinedColumn(), psycopg.ProgrammingError("x")]
)
def test_a_fault_of_our_own_stays_one(error: psycopg.Error) -> None:
    assert store_error(error, ADDRESS) is None
    with pytest.raises(type(error)), translated_errors(ADDRESS):
        raise error


def test_no_sentence_has_the_password() -> None:
    with pytest.raises(StoreError) as caught, translated_errors(ADDRESS):
        raise psycopg.OperationalError(f"connection failed: password={ADDRESS.password}")
    assert ADDRESS.password not in str(caught.value)
    assert "db.example.org:5432" in str(caught.value)
