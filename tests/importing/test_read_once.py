"""Each file is opened once and each of its rows validated once, whichever way it comes in."""

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.console.command import run
from ac_desktop.console.parser import parse
from ac_desktop.console.terminal import ExitCode
from ac_desktop.fault_reports import FaultReports
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.pipeline import DetectedTable, import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.reader_process import FileStaged, ReadJob
from ac_desktop.model.scope import Scope, ScopeKind
from tests.anedot import donation_rows, write_export
from tests.harness import Harness
from tests.importing.books import write_xlsx
from tests.importing.files import text_of
from tests.importing.reading_counts import ReaderInProcess, counted

PEOPLE = [["Email", "First Name"], *([f"donor{number}@example.org", "Ann"] for number in range(30))]


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


def export(folder: Path) -> Path:
    return write_export(folder / "donors.csv", donation_rows(450))


def workbook(folder: Path) -> Path:
    return write_xlsx(folder / "donors.xlsx", {"Spring": PEOPLE})


def bodies(folder: Path) -> Path:
    path = folder / "hooks.jsonl"
    path.write_text(
        "".join(json.dumps({"email": email, "first_name": name}) + "\n" for email, name in PEOPLE[1:]), encoding="utf-8"
    )
    return path


def packed(folder: Path) -> Path:
    path = folder / "packed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", text_of(PEOPLE[:11]))
        archive.writestr("two.csv", text_of([PEOPLE[0], *PEOPLE[11:]]))
    return path


Make = Callable[[Path], Path]
KINDS = pytest.mark.parametrize("make", [export, workbook, bodies])


def console(harness: Harness, *words: object) -> ExitCode:
    """Run a command in this process; its services are those of the harness, opened anew."""
    harness.services.close()
    try:
        args = parse([*map(str, words), "--data-dir", str(harness.folder)])
        return run(harness.open, args, FaultReports(harness.folder, print))
    finally:
        harness.services = harness.open()


@KINDS
def test_the_window_s_reader(harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    connection = harness.connect()
    path = make(tmp_path)
    job = ReadJob(
        store=harness.services.store,
        owner=harness.services.staging.owner,
        connection_id=connection.id,
        source=ImportSource(path),
        options=ImportOptions(),
    )
    with counted(path, monkeypatch) as counts:
        end = ReaderInProcess(job).wait()
    assert isinstance(end, FileStaged)
    assert counts.each_once(end.staged.result.rows), counts


@KINDS
@pytest.mark.parametrize("more", [(), ("--check",)])
def test_the_console(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make, more: Sequence[str]
) -> None:
    harness.connect()
    path = make(tmp_path)
    with counted(path, monkeypatch) as counts:
        assert console(harness, "import", "Spring", path, "--json", *more) is ExitCode.OK
    assert counts.each_once(450 if make is export else 30), counts


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_the_files_of_a_zip(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: Sequence[str]
) -> None:
    harness.connect()
    path = packed(tmp_path)
    with counted(path, monkeypatch) as counts:
        assert console(harness, "import", "Spring", path, "--json", *more) is ExitCode.OK
    assert (counts.opens, counts.detections, counts.validators) == (1, 2, 2)
    assert counts.validations.total() == 30


def test_an_answer_about_one_file_reads_no_file_again(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = harness.connect(scope=Scope(ScopeKind.ONLY, ("spring-appeal", "gala")))
    first, second = export(tmp_path), tmp_path / "plain.csv"
    second.write_text(text_of(PEOPLE), encoding="utf-8")
    asked = []

    def answer(detected: DetectedTable) -> ImportOptions:
        asked.append(detected.source.path)
        return replace(detected.options, page="gala")

    services = harness.services
    with counted(first, monkeypatch) as counts, counted(second, monkeypatch) as of_second:
        imported = import_table(
            services.queue, services.row_hashes, connection, [first, second], load_profiles(), now=harness.clock.now(),
            answer=answer,
        )  # fmt: skip
    assert asked == [second]
    assert [batch.result.rows for batch in imported] == [450, 30]
    assert (counts.opens, of_second.opens, counts.validations.total()) == (1, 1, 480)
