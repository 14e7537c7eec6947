"""What is old is removed automatically, beside the relay."""

import threading
from pathlib import Path

from ac_desktop.model import rules
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.relay.housekeeping import Housekeeper
from ac_desktop.store.agreed_time import AgreedTime, SeenTime, TimeReading
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.privacy.retention import DAY, Retention, RetentionResult
from tests.made_up import NOW, Store


def nobody_asked(look: TimeReading) -> None:
    raise AssertionError(f"nobody is to be asked about {look}")


def test_it_forgets_what_is_old_says_so_and_ends_when_asked(tmp_path: Path) -> None:
    with Store(tmp_path / "data") as store:
        connection = store.connect()
        store.fill(connection, 3)
        store.end(store.claim(connection), rules.Success())
        reported = threading.Event()
        seen_time = SeenTime(store.database)
        seen_time.confirm(NOW + 91 * DAY)
        housekeeper = Housekeeper(
            Retention(store.database), seen_time, lambda: NOW + 91 * DAY, reported.set, nobody_asked
        )

        housekeeper.start()
        assert reported.wait(60)
        housekeeper.close()

        assert [bool(record.donor.email) for record in store.views.all_records(connection.id)] == [False, True, True]


class Troubled(Retention):
    """A retention whose database is away."""

    def __init__(self, asked: threading.Event) -> None:
        self._asked = asked

    def remove_old(self, agreed: AgreedTime, go_on: object = None) -> RetentionResult:
        self._asked.set()
        raise StoreError(StoreProblem.UNREACHABLE, StoreMessage.DATABASE_UNREACHABLE, file=f"away at {agreed} {go_on}")

    def close_thread(self) -> None:
        """Has none."""


def test_trouble_with_the_database_does_not_end_it(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "data")
    asked = threading.Event()
    housekeeper = Housekeeper(Troubled(asked), SeenTime(database), lambda: NOW, lambda: None, nobody_asked)
    housekeeper.start()
    assert asked.wait(60)
    housekeeper.close()
    database.close()
