"""A person who is erased is in no row of an office's database, and everybody else still is."""

from pathlib import Path

from ac_desktop.store.history.step_codec import decode_steps
from ac_desktop.store.opening import StoreEngine
from ac_desktop.store.ports import Database
from ac_desktop.store.privacy.erasure import Erasure
from tests.delivery.support import DeliveryHarness
from tests.promises.donor_data import ANN
from tests.promises.test_erasure import TRACES, everywhere

TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'ac_desktop'"


def everything(database: Database) -> str:
    """Return all rows of all tables, with what is packed in them."""
    found: list[object] = []
    for (table,) in database.rows(TABLES):
        for row in database.rows(f"SELECT * FROM {table}"):  # noqa: S608  a table of ours
            values = dict(zip(row.keys(), row, strict=True))
            found.append((table, {name: value for name, value in values.items() if name != "steps"}))
            if values.get("steps"):
                found.append(decode_steps(values["steps"]))
            kept = str(values.get("kept", "")).partition('"steps":"')[2].partition('"')[0]
            found.append(decode_steps(bytes.fromhex(kept)) if kept else None)
    return repr(found).lower()


def traces(database: Database) -> list[str]:
    kept = everything(database)
    return [trace for trace in TRACES if trace.lower() in kept]


def test_an_erased_person_is_in_no_row_and_everyone_else_still_is(tmp_path: Path) -> None:
    with DeliveryHarness(tmp_path / "data", engine=StoreEngine.POSTGRES) as harness:
        everywhere(harness)
        database, connections = harness.services.database, harness.services.connections.all()
        before = {connection.name: harness.counts(connection).rows for connection in connections}
        assert len(traces(database)) == len(TRACES)
        erasing = Erasure(database, harness.services.owners)
        found = erasing.find(ANN.email)
        assert (found.records >= 6, found.removed >= 1, found.attempts >= 3) == (True, True, True)

        receipt = erasing.erase(ANN.email, harness.clock.now())

        assert traces(database) == []
        assert (receipt.left, receipt.longer) == ((), 0)
        assert {connection.name: harness.counts(connection).rows for connection in connections} == before
        assert "donor50@example.org" in everything(database)
        assert not erasing.find(ANN.email).any
