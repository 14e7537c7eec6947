"""Both front ends import alike: the log records it, and a layout set in one is used in the other too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ac_desktop.app import ServiceParts, build
from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import RecordState
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.imports.layouts import Layout
from tests.anedot import donation_rows, write_export
from tests.console.conftest import Console
from tests.importing.files import open_table

ODD = "Reach them,Called,When\nann@example.org,Ann,4/9/2026\nann@example.org,Annie,5/8/2026\n"


@contextmanager
def services_of(console: Console) -> Iterator[Services]:
    made = build(console.folder, parts=ServiceParts(keys=SessionKeys(Redactor())))
    try:
        yield made
    finally:
        made.close()


def test_what_the_console_queues_is_in_the_log(console: Console, tmp_path: Path) -> None:
    console.connect()
    assert console("import", "Spring", write_export(tmp_path / "spring.csv", donation_rows(3)), "--json").code == 0
    with services_of(console) as services:
        (connection,) = services.connections.all()
        events = [event for event in services.history.events(connection.id) if event.kind is EventKind.QUEUED]
    assert [event.details for event in events] == [{"kind": "file", "file": "spring.csv", "rows": "3", "waiting": "3"}]


def test_the_console_reads_a_layout_as_it_was_said_in_the_window(console: Console, tmp_path: Path) -> None:
    console.connect()
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    assert console("import", "Spring", path).code == 2, "nobody has said yet which column holds the addresses"
    with services_of(console) as services:
        columns = {"email": "Reach them", "first_name": "Called", "date": "When"}
        fingerprint = detect(open_table(path), load_profiles()).fingerprint
        services.layouts.store(fingerprint, Layout(columns, "day first"), services.clock.now())
    ran = console("import", "Spring", path, "--json")
    assert (ran.json["waiting"], ran.json["skipped"]) == (1, 1), ran.err
    with services_of(console) as services:
        (connection,) = services.connections.all()
        (going,) = services.record_reader.records(connection.id, state=RecordState.WAITING)
        assert (going.donor.first_name, going.row) == ("Ann", 2), "day first: 4 September is newer than 5 August"


def test_columns_named_in_the_command_count_instead(console: Console, tmp_path: Path) -> None:
    console.connect()
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    with services_of(console) as services:
        fingerprint = detect(open_table(path), load_profiles()).fingerprint
        services.layouts.store(fingerprint, Layout({"email": "When"}, ""), services.clock.now())
    assert console("import", "Spring", path, "--map", "email=Reach them", "--json").json["waiting"] == 1


def test_what_is_assumed_of_a_file_is_reported_where_nobody_can_be_asked(console: Console, tmp_path: Path) -> None:
    console.connect()
    path = tmp_path / "slashed.csv"
    path.write_text("Email,First Name,Date\nann@example.org,Ann,4/9/2026\n", encoding="utf-8")
    ran = console("import", "Spring", path, "--json")
    assert (ran.code, ran.json["waiting"]) == (0, 1)
    assert ran.err.startswith("slashed.csv: Do dates start with the day or the month?")
    assert console("import", "Spring", path, "--dates", "day-first", "--again", "--json").err == ""
