"""Files into the queue: what is skipped as already there, and receipts that balance."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.importing.options import ImportOptions
from ac_desktop.importing.pipeline import ImportedBatch, PageNeededError, import_table
from ac_desktop.importing.profiles.profiles import built_in_profile_folder, load_profiles, own_profile_folders
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import RecordState
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.imports.staging import Staging
from tests.anedot import DonationRow, donation_rows, write_export
from tests.made_up import NOW, Store, settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


def take(
    store: Store, connection: Connection, *paths: Path, again: bool = False, now: float = NOW
) -> list[ImportedBatch]:
    prints = RowHashes(store.database)
    return import_table(store.queue, prints, connection, paths, load_profiles(), now=now, again=again)


def reasons(store: Store, batch_id: int) -> dict[str, int]:
    kinds = Staging(store.database, store.owners).kinds(batch_id)
    return {code.value: number for (_, code), number in kinds.reasons.items()}


def test_the_same_340_rows_twice_queue_only_what_is_new(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    (first,) = take(store, connection, write_export(tmp_path / "a.csv", donation_rows(340)))
    (second,) = take(store, connection, write_export(tmp_path / "a.csv", donation_rows(340)), now=NOW + 86_400)
    (third,) = take(store, connection, write_export(tmp_path / "b.csv", donation_rows(368)))
    assert (first.result.waiting, first.result.balances) == (340, True)
    assert (second.result.waiting, second.result.skipped, second.result.balances) == (0, 340, True)
    assert (third.result.waiting, third.result.skipped, third.result.balances) == (28, 340, True)
    problem = next(store.views.problems(second.batch_id))
    assert problem.reason is not None
    assert problem.reason.code is ReasonCode.ALREADY_QUEUED
    assert "as row 2 of “a.csv”" in problem.reason.text


def test_what_was_sent_is_reported_with_its_day(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    path = write_export(tmp_path / "a.csv", donation_rows(1))
    take(store, connection, path)
    store.end(store.claim(connection), rules.Success())
    (again,) = take(store, connection, path)
    problem = next(store.views.problems(again.batch_id))
    assert problem.reason is not None
    assert problem.reason.code is ReasonCode.ALREADY_SENT
    assert problem.reason.text.startswith("Already sent on ")


def test_again_queues_them_all_the_same(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    path = write_export(tmp_path / "a.csv", donation_rows(3))
    take(store, connection, path)
    (second,) = take(store, connection, path, again=True)
    assert second.result.waiting == 3


def test_a_file_saved_anew_in_another_order_of_columns_is_known(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    path = write_export(tmp_path / "a.csv", donation_rows(3))
    take(store, connection, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [cells[::-1] for cells in csv.reader(file)]
    turned = tmp_path / "turned.csv"
    with turned.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    (second,) = take(store, connection, turned)
    assert (second.result.waiting, second.result.skipped) == (0, 3)


def test_a_corrected_row_is_new_and_another_connection_knows_nothing(store: Store, tmp_path: Path) -> None:
    connection, other = store.connect(), store.connect(settings("Autumn"))
    take(store, connection, write_export(tmp_path / "a.csv", donation_rows(3)))
    changed = [*donation_rows(2), DonationRow(number=2, email="donor2@example.org", first="Corrected")]
    (second,) = take(store, connection, write_export(tmp_path / "b.csv", changed))
    (third,) = take(store, other, write_export(tmp_path / "b.csv", changed))
    assert (second.result.waiting, third.result.waiting) == (1, 3)


@pytest.mark.parametrize("status", ["pending", "failed", "refunded"])
def test_a_donation_left_out_by_its_status_goes_once_a_later_file_says_completed(
    store: Store, tmp_path: Path, status: str
) -> None:
    connection = store.connect()
    path = write_export(tmp_path / "a.csv", donation_rows(2))
    completed = path.read_text(encoding="utf-8-sig")
    assert completed.count("completed") == 2
    path.write_text(completed.replace("completed", status), encoding="utf-8")
    (first,) = take(store, connection, path)
    path.write_text(completed, encoding="utf-8")
    (second,) = take(store, connection, path)
    (third,) = take(store, connection, path)
    assert (first.result.waiting, first.result.skipped) == (0, 2)
    assert (second.result.waiting, second.result.skipped) == (2, 0)
    assert (third.result.waiting, third.result.skipped) == (0, 2)


def test_an_older_row_does_not_go_where_the_newer_is_already_there(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    rows = [
        DonationRow(number=1, email="a@example.org", day="2026-01-01"),
        DonationRow(number=2, email="a@example.org"),
    ]
    path = write_export(tmp_path / "a.csv", rows)
    take(store, connection, path)
    (second,) = take(store, connection, path)
    assert second.result.waiting == 0
    assert reasons(store, second.batch_id) == {"already_queued": 1, "duplicate_row": 1}


def test_held_rows_are_not_held_twice(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    path = write_export(tmp_path / "a.csv", [DonationRow(number=1, email=""), DonationRow(number=2, email="")])
    (first,) = take(store, connection, path)
    (second,) = take(store, connection, path)
    assert (first.result.held, second.result.held, second.result.skipped) == (2, 0, 2)


def test_files_taken_in_together_are_compared_with_each_other(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    paths = [write_export(tmp_path / name, donation_rows(3)) for name in ("a.csv", "b.csv")]
    assert [intake.result.waiting for intake in take(store, connection, *paths)] == [3, 0]


def test_after_an_undo_and_after_another_list_the_rows_are_new_again(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    path = write_export(tmp_path / "a.csv", donation_rows(3))
    (first,) = take(store, connection, path)
    assert Staging(store.database, store.owners).withdraw(first.batch_id, NOW) == 3
    (second,) = take(store, connection, path)
    assert second.result.waiting == 3
    store.connections.change(connection.id, settings(address="https://other.api-us1.com"), NOW)
    (third,) = take(store, connection, path)
    assert third.result.waiting == 3


def test_either_all_files_or_none(store: Store, tmp_path: Path) -> None:
    connection = store.connect(settings(scope=Scope(ScopeKind.ONLY, ("spring",))))
    good = write_export(tmp_path / "a.csv", donation_rows(3))
    bad = tmp_path / "b.csv"
    bad.write_text("Email\nann@example.org\n", encoding="utf-8")
    with pytest.raises(PageNeededError):
        take(store, connection, good, bad)
    assert store.count("SELECT COUNT(*) FROM batch") == 0
    assert store.count("SELECT COUNT(*) FROM record") == 0


@pytest.mark.parametrize("name", ["profiles", "recognisers"])
def test_headings_of_own_profiles_find_the_header(store: Store, tmp_path: Path, name: str) -> None:
    connection = store.connect()
    path = tmp_path / "own.csv"
    path.write_text("Report 2026,\nAdresse,Vorname\nann@example.org,Ann\n", encoding="utf-8")
    (folder,) = (one for one in own_profile_folders() if one.name == name)
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(
        'name = "own"\nlabel = "Our own list"\nsignature = ["Adresse", "Vorname"]\n'
        '[columns]\nemail = ["Adresse"]\nfirst_name = ["Vorname"]\n',
        encoding="utf-8",
    )
    prints = RowHashes(store.database)
    (intake,) = import_table(store.queue, prints, connection, [path], load_profiles(*own_profile_folders()), now=NOW)
    assert intake.recognised_as == "Our own list"
    assert store.views.records(connection.id)[0].donor.first_name == "Ann"
    assert (built_in_profile_folder() / "anedot.toml").is_file()


def test_a_header_row_and_a_date_order_can_be_wished(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    path = tmp_path / "dates.csv"
    path.write_text(
        "Email,First Name,Date\nEmail,First Name,Date\nann@example.org,Old,9/4/2026\nann@example.org,New,1/5/2026\n",
        encoding="utf-8",
    )
    prints = RowHashes(store.database)
    (intake,) = import_table(
        store.queue, prints, connection, [path], load_profiles(), now=NOW,
        options=ImportOptions(header_row=2, date_order=DateOrder.DAY_FIRST),
    )  # fmt: skip
    assert intake.result.rows == 2
    waiting = [one for one in store.views.records(connection.id) if one.state is RecordState.WAITING]
    assert [one.donor.first_name for one in waiting] == ["New"]
