"""Two people edit one donor: the first is kept whole, the second is told, and nothing is mixed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.corrections import EditedRecord, RecordEdits
from ac_desktop.store.queue.records import Record
from tests.made_up import NOW, Store

PEOPLE = 4


def edited(store: Store, record: Record, name: str, now: float) -> bool:
    donor = replace(record.donor, first_name=name, last_name=f"{name}'s")
    return RecordEdits(store.database).store(
        record, EditedRecord(donor=donor, state=RecordState.WAITING, reason=None, warnings=None), Scope(), now
    )


def only_record(store: Store) -> Record:
    (record,) = store.views.all_records(store.connections.all()[0].id)
    return record


def test_the_second_of_two_who_opened_the_same_version_changes_nothing(store: Store) -> None:
    store.fill(store.connect(), 1)
    opened = only_record(store)
    with store.another() as other:
        assert edited(store, opened, "Ana", NOW + 1)
        assert not edited(other, opened, "Ben", NOW + 2)
        assert edited(other, only_record(other), "Cleo", NOW + 3)
    assert only_record(store).donor.first_name == "Cleo"
    changes = [(one.field, one.new) for one in RecordEdits(store.database).of(opened.id)]
    assert changes == [("first_name", "Ana"), ("last_name", "Ana's"), ("first_name", "Cleo"), ("last_name", "Cleo's")]


def test_of_many_who_save_at_the_same_moment_one_is_kept_whole(store: Store) -> None:
    store.fill(store.connect(), 1)
    opened = only_record(store)
    ready = Barrier(PEOPLE)

    def saves(number: int) -> bool:
        ready.wait()
        try:
            return edited(store, opened, f"Person {number}", NOW + 1 + number)
        finally:
            store.database.close_thread()

    with ThreadPoolExecutor(PEOPLE) as people:
        kept = list(people.map(saves, range(PEOPLE)))

    assert kept.count(True) == 1
    donor = only_record(store).donor
    assert (donor.first_name, donor.last_name) == (f"Person {kept.index(True)}", f"Person {kept.index(True)}'s")
    assert len(RecordEdits(store.database).of(opened.id)) == 2
