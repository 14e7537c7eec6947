"""The preview of a file: its first rows by kind, samples, and a guess at its length."""

from pathlib import Path

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.detection.detection import ImportQuestion
from ac_desktop.importing.detection.preview import Preview, RowKind, preview_of
from ac_desktop.importing.options import ImportOptions, ImportSource, sources_of
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.profiles.profiles import load_profiles
from tests.importing.books import write_xlsx


def preview(part: ImportSource) -> Preview:
    table = part.open(ImportOptions(), ())
    recognisers = load_profiles()
    return preview_of(part, table, detect(table, recognisers), recognisers, needs_page=False)


def test_titles_header_blanks_and_sums_are_distinguished(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Spring report,\n,\nEmail,First Name\nann@example.org,Ann\n,\nbea@example.org,Bea\nTotals,2\nNote,x\n",
        encoding="utf-8",
    )
    seen = preview(ImportSource(path))
    assert [row.kind for row in seen.rows] == [
        RowKind.TITLE,
        RowKind.TITLE,
        RowKind.HEADER,
        RowKind.DONOR,
        RowKind.BLANK,
        RowKind.DONOR,
        RowKind.TRAILER,
        RowKind.TRAILER,
    ]
    assert seen.samples == (("ann@example.org", "bea@example.org"), ("Ann", "Bea"))
    assert seen.columns == {Field.EMAIL: 0, Field.FIRST_NAME: 1}
    assert (seen.encoding, seen.delimiter, seen.header_row, seen.open_questions) == ("utf-8", ",", 3, ())


def test_the_number_of_rows_is_guessed_from_the_first_ones(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"donor{number:05d}@example.org,Ann\n" for number in range(5_000))
    path.write_text(f"Email,First Name\n{rows}", encoding="utf-8", newline="\n")
    assert 4_900 < preview(ImportSource(path)).estimated_rows < 5_100


def test_a_workbook_knows_its_rows_and_sheets(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "b.xlsx", {"Notes": [["hello"]], "Donors": [["Email", "Name"], ["ann@example.org", "Ann Dot"]]}
    )
    seen = preview(ImportSource(path))
    assert (seen.sheet, [sheet.name for sheet in seen.sheets], seen.estimated_rows) == (
        "Donors",
        ["Notes", "Donors"],
        2,
    )
    assert [question.kind for question in seen.open_questions] == [ImportQuestion.NAME_SPLIT]


def test_webhook_bodies_and_pastes_have_no_header_row() -> None:
    body = '{"event": "donation_completed", "email": "ann@example.org", "first_name": "Ann", "donation": {"id": "d1"}}'
    seen = preview(ImportSource(text=body))
    assert seen.recognised_as.startswith("Anedot")
    assert (seen.name, seen.header_row, seen.rows[0].kind) == ("Pasted text", 0, RowKind.DONOR)
    assert sources_of([]) == []
