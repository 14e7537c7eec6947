"""The check of a workbook before it is opened: as if the place of every cell were read, wherever a sheet lies."""

import io
import re
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats import workbook_guard
from ac_desktop.importing.formats.workbook_guard import FREE_CELLS, MOST_CELLS, refuse_too_large
from tests.importing.books import column_name

EVERY_PLACE = re.compile(r"""r\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
USUAL = "xl/worksheets/sheet1.xml"
OF_THE_LIST_OF_SHEETS = 1
"""Every part is measured, and spans a cell at least."""

rows = st.one_of(
    st.sampled_from([1, 9_999, 10_000, 49_999, 50_000, 56_980, 999_999, 1_000_000, 1_048_576, 40_000_000]),
    st.integers(1, 2_000_000),
)
columns = st.one_of(
    st.sampled_from([0, 25, 26, 38, 39, 40, 51, 52, 675, 701, 702, 16_383, 18_277, 18_278, 475_253]),
    st.integers(0, 500_000),
)
places = st.builds(
    lambda column, row, zeros, lower: f"{column_name(column).lower() if lower else column_name(column)}{zeros}{row}",
    columns,
    rows,
    st.sampled_from(["", "0", "00000"]),
    st.booleans(),
)
attributes = st.builds(
    lambda before, around, quote, value, after: f"{before} r{around}={around}{quote}{value}{quote}{after}",
    st.sampled_from(["", ' t="str"', " s='7' ", "\n", ' operator="greaterThan"', ' a="<"']),
    st.sampled_from(["", " ", "\t", "\n  "]),
    st.sampled_from(['"', "'"]),
    st.one_of(places, rows.map(str)),
    st.sampled_from(["", ' t="inlineStr"', "/", " cm='1'"]),
)
cells = st.builds(
    lambda name, attributes, text: f"<{name}{attributes}>{text}</{name}>",
    st.sampled_from(["c", "row", "x:c", "x:row"]),
    attributes,
    st.sampled_from(["", "<v>1</v>", "<is><t>her order = 'A7'</t></is>", '<is><t>r="A1" r="B2" r="C3"</t></is>']),
)
sheets = st.lists(cells, max_size=12).map("<c><v>no place</v></c>".join)


def far_out(sheet: str) -> bool:
    """The rule, cell by cell."""
    found = EVERY_PLACE.findall(sheet)
    width = max((column_number(letters) for letters, _ in found), default=1)
    height = max((int(number) for _, number in found), default=1)
    cells = max(width, 1) * max(height, 1) + OF_THE_LIST_OF_SHEETS
    return cells > FREE_CELLS or any(len(letters) > 4 for letters, _ in found)


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def workbook(part: str, sheet: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr(part, sheet)
    return content.getvalue()


def is_refused(part: str, sheet: str) -> bool:
    try:
        refuse_too_large("donors.xlsx", workbook(part, sheet))
    except ImportFileError as refusal:
        return "so far apart" in str(refusal)
    return False


@given(sheets, st.sampled_from([1, 2, 7, 64, 1024 * 1024]))
@example('<c r="AN999999"/>', 7)
@example('<c r="AO1"/><c r="A999999"/>', 7)
@example('<c r="ZZ49999"/>', 7)
@example('<c r="ZZ56980"/>', 7)
@example('<c r="ZZ56981"/>', 7)
@example('<c r="A1048576"/><c r="AL1"/>', 7)
@example('<c r="A1048576"/><c r="AM1"/>', 7)
@example('<c r="A3999999"/>', 7)
@example('<c r="A4000000"/>', 7)
def test_a_sheet_is_refused_exactly_where_its_cells_are_far_apart(sheet: str, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_guard, "CHUNK_BYTES", chunk)
        assert is_refused(USUAL, sheet) is far_out(sheet)


@pytest.mark.parametrize(
    "part", [USUAL, "xl/other/sheet1.xml", "xl/worksheets/sheet1.bin", "sheets/a.xml", "content.xml"]
)
def test_a_sheet_is_measured_wherever_a_workbook_keeps_it(part: str) -> None:
    assert is_refused(part, '<row r="90000"><c r="ZZZ90000"/></row>')


def test_places_named_in_a_donors_text_hide_no_other() -> None:
    assert is_refused(USUAL, """<c r="A1"><v>r="A1" r="A1" r="A1"</v></c><c r='A99999999'/>""")


def test_a_column_that_no_program_has_is_refused() -> None:
    assert is_refused(USUAL, '<row r="1"><c r="AAAAA1"/></row>')


@pytest.mark.parametrize("part", ["xl/workbook.bin", "XL/Workbook.BIN"])
def test_a_binary_workbook_under_another_ending_is_reported_in_a_sentence(part: str) -> None:
    with pytest.raises(ImportFileError, match=r"binary workbook .*Save it as \.xlsx"):
        refuse_too_large("donors.xlsx", workbook(part, ""))


def test_a_sheet_that_is_filled_may_span_as_much_as_before() -> None:
    """A byte for each cell explains it, where a filled one takes twenty."""
    sheet = '<c r="A5000000"/>' + "<c/>" * 1_250_000
    assert not is_refused(USUAL, sheet)
    assert is_refused(USUAL, '<c r="B5000000"/>' + "<c/>" * 1_250_000)


@given(sheets)
@example('<c r="ZZ49999"/>')
@example('<c r="AN999999"/>')
@example('<c r="AM1048576"/>')
def test_the_one_look_at_a_large_sheet_passes_nothing_that_is_far_out(sheet: str) -> None:
    content = workbook(USUAL, sheet)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        passed = any(workbook_guard._size_if_within("", packed, USUAL, beyond) for beyond in workbook_guard._BEYOND)
    found = EVERY_PLACE.findall(sheet)
    width = max((column_number(letters) for letters, _ in found), default=1)
    height = max((int(number) for _, number in found), default=1)
    assert not passed or max(width, 1) * max(height, 1) <= MOST_CELLS


RELATION = '<Relationship Id="r{}" Type="worksheet" Target="{}"/>'


@pytest.mark.parametrize(
    "targets", [["worksheets/sheet1.xml"] * 30, ["/xl/worksheets/SHEET1.xml"] * 30, ["gone.xml"] * 30]
)
@pytest.mark.parametrize("others", [0, 50])
def test_sheets_that_name_one_part_count_each(targets: list[str], others: int) -> None:
    """However many small parts are beside it."""
    content = io.BytesIO()
    sheets = "".join(f'<sheet name="s" sheetId="1" r:id="r{number}"/>' for number in range(len(targets)))
    relations = "".join(map(RELATION.format, range(len(targets)), targets))
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("xl/workbook.xml", f"<workbook><sheets>{sheets}</sheets></workbook>")
        packed.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
        packed.writestr(USUAL, '<c r="BZZ1900"/>')
        for number in range(others):
            packed.writestr(f"xl/worksheets/other{number}.xml", "<c/>")
    with pytest.raises(ImportFileError, match="so far apart"):
        refuse_too_large("donors.xlsx", content.getvalue())


def test_a_large_sheet_among_many_small_ones_is_no_harm() -> None:
    content = io.BytesIO()
    sheets = "".join(f'<sheet name="s" sheetId="1" r:id="r{number}"/>' for number in range(60))
    relations = "".join(RELATION.format(number, f"worksheets/sheet{number}.xml") for number in range(60))
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("xl/workbook.xml", f"<workbook><sheets>{sheets}</sheets></workbook>")
        packed.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
        packed.writestr(USUAL, '<c r="Z100000"/>')
        for number in range(60):
            if number != 1:
                packed.writestr(f"xl/worksheets/sheet{number}.xml", '<c r="A1"/>')
    refuse_too_large("donors.xlsx", content.getvalue())


def with_shared(texts: list[str], cells: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr(
            "xl/sharedStrings.xml", "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"
        )
        packed.writestr(USUAL, f"<sheetData>{cells}</sheetData>")
    return content.getvalue()


CELLS = ('<c r="A1" t="s"><v>1</v></c>', "<c t = 's' r='A1' ><v > 1 </v></c>", '<x:c t="s"><x:v>1</x:v></x:c>')


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("chunk", [7_919, 1024 * 1024])
def test_a_long_text_in_thousands_of_cells_is_refused(monkeypatch: pytest.MonkeyPatch, cell: str, chunk: int) -> None:
    monkeypatch.setattr(workbook_guard, "CHUNK_BYTES", chunk)
    texts = ["Email", "x" * 100_000, "short"]
    with pytest.raises(ImportFileError, match="long texts"):
        refuse_too_large("donors.xlsx", with_shared(texts, cell * 3_000))
    refuse_too_large("donors.xlsx", with_shared(texts, cell.replace("1", "0") * 3_000))
    refuse_too_large("donors.xlsx", with_shared(texts, cell.replace("1", "2") * 3_000))
    refuse_too_large("donors.xlsx", with_shared(texts, cell * 100))
