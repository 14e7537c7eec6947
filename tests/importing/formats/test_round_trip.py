"""Whatever `csv` writes comes back cell for cell, and no bytes at all make a reader hang or fall over."""

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.layout import holds_email, is_blank, starts_trailer
from ac_desktop.importing.formats.table import READABLE, Table, members_of, table_from_text
from ac_desktop.importing.profiles.columns import normalised
from ac_desktop.importing.profiles.profiles import known_headings, load_profiles
from ac_desktop.importing.profiles.report_columns import escaped, unescaped
from ac_desktop.importing.validation.table_validator import validate_table
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.scope import Scope
from tests.importing.files import open_table, text_of

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
FOUND = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
DELIMITERS = [",", ";", "\t", "|"]
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
LATIN = st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=12)
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def donors(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Return the rows that are neither blank nor sums."""
    kept, below_sums = [], False
    for row in rows:
        if is_blank(row):
            continue
        if (below_sums and not holds_email(row)) or starts_trailer(row):
            below_sums = True
        else:
            kept.append(tuple(row))
    return kept


def take_in(table: Table) -> None:
    checked = validate_table(table, detect(table, load_profiles()), scope=Scope(), phone_style=PhoneStyle.DIGITS)
    assert len(list(checked.settled())) == checked.result.accounted_for


def tables(texts: st.SearchStrategy[str], narrowest: int = 1) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(narrowest, 5).flatmap(
        lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), min_size=1, max_size=8)
    )


@many
@given(data=st.data(), encoding=st.sampled_from(ENCODINGS), delimiter=st.sampled_from(DELIMITERS))
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_csv_writes_comes_back_when_both_are_given(
    place: Path, data: st.DataObject, encoding: str, delimiter: str, quoting: int
) -> None:
    rows = data.draw(tables(LATIN if encoding == "cp1252" else TEXTS))
    rows.insert(0, ["Email", *(f"Field {place}" for place in range(1, len(rows[0])))])
    path = place / "given.csv"
    path.write_bytes(text_of(rows, delimiter, quoting).encode(encoding))
    wanted = donors(rows[1:])
    if not wanted:
        with pytest.raises(ImportFileError):
            open_table(path, encoding=encoding, delimiter=delimiter, header_row=1)
        return
    table = open_table(path, encoding=encoding, delimiter=delimiter, header_row=1)
    assert [row.cells for row in table.rows()] == wanted


@many
@given(rows=tables(TEXTS, 2), encoding=st.sampled_from(FOUND), delimiter=st.sampled_from(DELIMITERS))
def test_what_csv_writes_comes_back_when_found_by_ourselves(
    place: Path, rows: list[list[str]], encoding: str, delimiter: str
) -> None:
    rows.insert(0, ["Email", "First Name", *(f"Field {place}" for place in range(2, len(rows[0])))])
    path = place / "found.csv"
    path.write_bytes(text_of(rows, delimiter).encode(encoding))
    wanted = donors(rows[1:])
    if not wanted:
        with pytest.raises(ImportFileError):
            open_table(path)
        return
    table = open_table(path)
    assert (table.encoding, table.delimiter, table.header_row) == (encoding, delimiter, 1)
    assert [row.cells for row in table.rows()] == wanted


@many
@given(
    rows=tables(st.text(st.characters(categories=["L", "Nd", "Zs"]), min_size=1, max_size=8), 2),
    delimiter=st.sampled_from(DELIMITERS),
)
def test_the_delimiter_of_unknown_headings_is_found(place: Path, rows: list[list[str]], delimiter: str) -> None:
    assume(not any(normalised(cell) in known_headings() for row in rows for cell in row))
    path = place / "unknown.csv"
    header = [f"Spalte {place}" for place in range(len(rows[0]))]
    path.write_bytes(text_of([header, *rows], delimiter).encode())
    if donors(rows):
        assert open_table(path).delimiter == delimiter


@many
@given(content=st.binary(max_size=400), ending=st.sampled_from(READABLE))
def test_any_bytes_end_in_rows_or_a_sentence(place: Path, content: bytes, ending: str) -> None:
    path = place / f"any{ending}"
    path.write_bytes(content)
    with suppress(ImportFileError):
        for part in members_of(path):
            take_in(open_table(path, member=part or None))


@many
@given(text=st.text(max_size=200))
def test_any_pasted_text_ends_in_rows_or_a_sentence(text: str) -> None:
    with suppress(ImportFileError):
        take_in(table_from_text(text))


@given(st.lists(st.text("'=+-@\t\rab", max_size=6)))
def test_escaping_is_taken_back_exactly(cells: list[str]) -> None:
    assert unescaped(escaped(cells)) == cells
