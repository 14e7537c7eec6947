"""Hostile files: whatever is dropped ends in rows or in a sentence, in bounded time and memory, and steers nothing.

Stray cells, locked and damaged books and ZIPs are proved in `tests/importing/test_workbook.py` and `test_archive.py`.
"""

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import READABLE
from ac_desktop.importing.profiles.profiles import SkipRule, load_profiles
from ac_desktop.importing.profiles.report_columns import escaped
from ac_desktop.importing.validation.table_validator import validate_typed
from ac_desktop.model.donor import Donor, PhoneStyle, clean_email, clean_text
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import escape_control_characters
from ac_desktop.reporting.report import ReportSource, write_report
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordFilter, RecordQuery, parse_filter
from tests.at_length import some
from tests.importing.books import ods_content, write_ods, write_xlsx
from tests.importing.files import take, write
from tests.made_up import Store, new_record
from tests.promises.counts import count

ROOT = Path(__file__).parents[2]
FILES_FUZZED = "files fuzzed"
SEED = 20_261_123
ROUNDS = int(os.environ.get("AC_DESKTOP_FUZZ_ROUNDS", some(100, 30)))
"""Each ending has its share; thousands on demand."""
STEERING = ("\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202e", "\u2066", "\u200f", "\x08\x08")
LEAST_MEMORY = 900 * 1024 * 1024

READS = """
import resource, sys
from pathlib import Path
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from ac_desktop.importing.errors import ImportFileError
from tests.importing.files import take
try:
    taken = take(Path(sys.argv[1]))
except ImportFileError as error:
    print("refused:", error)
else:
    print("rows:", len(taken.rows))
"""


def read_in_bounds(path: Path, memory: int = LEAST_MEMORY) -> str:
    """Read a file in a process that gets so much memory and time; returns what it said at its end."""
    ended = subprocess.run(
        [sys.executable, "-c", READS, str(path), str(memory)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout.strip()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c></row>'
FAR = ROWS + '<row r="49998"><c r="ZY49998" t="inlineStr"><is><t>x</t></is></c></row>'
REPEATED = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>Email</text:p></table:table-cell>'
    '</table:table-row><table:table-row table:number-rows-repeated="999"><table:table-cell'
    ' table:number-columns-repeated="999" office:value-type="string"><text:p>ann@example.org</text:p>'
    "</table:table-cell></table:table-row>"
)


def far_cell(path: Path) -> Path:
    return write_xlsx(path, {"Donors": [["Email"]]}, {"xl/worksheets/sheet1.xml": SHEET.format(FAR)})


def one_part_under_many_names(path: Path) -> Path:
    sheet = SHEET.format(ROWS + '<row r="1900"><c r="BZZ1900" t="inlineStr"><is><t>x</t></is></c></row>')
    book = write_xlsx(path, {f"s{number}": [["Email"]] for number in range(30)})
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    for number in range(2, 31):
        parts.pop(f"xl/worksheets/sheet{number}.xml")
    parts["xl/worksheets/sheet1.xml"] = sheet
    parts["xl/_rels/workbook.xml.rels"] = re.sub(r"sheet[0-9]+\.xml", "sheet1.xml", parts["xl/_rels/workbook.xml.rels"])
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return book


def repeated_ods(path: Path) -> Path:
    path = path.with_suffix(".ods")
    content = ods_content({"Donors": []}).replace("</table:table>", REPEATED * 8 + "</table:table>")
    return write_ods(path, {}, content)


@pytest.mark.parametrize("make", [far_cell, one_part_under_many_names, repeated_ods])
def test_a_workbook_of_a_few_kilobytes_asks_for_little(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / "small.xlsx")
    assert path.stat().st_size < 5_000
    assert "can't be opened" in read_in_bounds(path, 400 * 1024 * 1024)


def zip_of(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


# What grows beyond measure


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process's memory so")
@pytest.mark.parametrize("name", ["bomb.zip", "bomb.xlsx"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    inner = "donors.csv" if name.endswith("zip") else "xl/worksheets/sheet1.xml"
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(inner, "w", force_zip64=True) as out:
        for _ in range(100):
            out.write(b"0" * (1024 * 1024))
    assert path.stat().st_size < 1024 * 1024

    assert read_in_bounds(path).startswith("refused:")


def test_a_zip_within_a_zip_is_not_followed(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", **{"donors.csv": b"email\nann@example.org\n"})
    outer = zip_of(tmp_path / "outer.zip", **{"inner.zip": inner.read_bytes()})
    with pytest.raises(ImportFileError, match="contains no file that AC Desktop can read"):
        take(outer)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process's memory so")
@pytest.mark.parametrize("entity", ["a10", "file"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_in_a_workbook_are_never_followed(tmp_path: Path, part: str, entity: str) -> None:
    plain = write_xlsx(tmp_path / "plain.xlsx", {"Donors": [["Email", "First Name"], ["ann@example.org", "NAME"]]})
    path = tmp_path / "laughs.xlsx"
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name).decode()
            if name == part:
                content = LAUGHS + content.partition("?>")[2].replace("NAME", f"&{entity};")
            after.writestr(name, content)
        if part not in before.namelist():
            after.writestr(part, f"{LAUGHS}<sst><si><t>&{entity};</t></si></sst>")

    outcome = read_in_bounds(path)

    assert outcome == "rows: 1" or outcome.startswith("refused:")
    assert "root:" not in outcome
    if outcome == "rows: 1":
        (row,) = take(path).rows
        assert "root:" not in row.donor.first_name
        assert len(row.donor.first_name) < 100


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process's memory so")
def test_a_row_of_a_million_columns_is_held_or_refused_in_bounds(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    wide = ",".join(f"c{place}" for place in range(1_000_000))
    path.write_text(f"email,{wide}\nann@example.org,{wide}\n", encoding="utf-8")
    assert "more columns" in read_in_bounds(path)
    path.write_text(f"email,name\nann@example.org,{wide}\nbob@example.org,Bob\n", encoding="utf-8")
    assert read_in_bounds(path).startswith("refused:")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process's memory so")
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_without_an_end_is_read_or_refused_in_bounds(tmp_path: Path, quote: str) -> None:
    path = tmp_path / "endless.csv"
    path.write_text("email,name\nann@example.org," + quote + "x" * 60_000_000, encoding="utf-8")
    assert read_in_bounds(path).startswith(("rows:", "refused:"))


# Names that are paths


@pytest.mark.parametrize(
    "name", ["../../outside.csv", "{root}/outside.csv", "..\\..\\outside.csv", "C:\\outside.csv", "a/\x1b[2J.csv"]
)
def test_a_name_in_a_zip_is_never_used_as_a_path(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    path = zip_of(folder / "export.zip", **{name.format(root=tmp_path): b"email\nann@example.org\n"})
    before = sorted(tmp_path.rglob("*"))

    with suppress(ImportFileError):
        assert take(path).waiting == ["ann@example.org"]

    assert sorted(tmp_path.rglob("*")) == before


# What steers


@pytest.mark.parametrize("sign", STEERING)
def test_a_character_that_steers_is_no_part_of_a_donor(tmp_path: Path, sign: str) -> None:
    rows = [["Email", "First Name", "Last Name"], [f"ann{sign}@example.org", f"A{sign}nn", f"{sign}Lee{sign}"]]
    (row,) = take(write(tmp_path / "steering.csv", rows)).rows
    donor = row.donor
    assert escape_control_characters(f"{donor.email} {donor.first_name} {donor.last_name}").isprintable()
    assert escape_control_characters(donor.first_name) == donor.first_name
    assert escape_control_characters(donor.last_name) == donor.last_name
    assert donor.first_name[0] == "A"


def test_names_of_all_scripts_stay_as_they_are() -> None:
    for name in (
        "Núñez",
        "Ólafsdóttir",
        "李小龍",
        "محمد",
        "דוד",
        "Наталья",
        "O\N{RIGHT SINGLE QUOTATION MARK}Brien",
        "Anne-Marie",
        "नरेन्द्र",
        "😀",
    ):
        assert clean_text(name) == name


def test_what_files_and_accounts_say_is_shown_without_its_steering_characters() -> None:
    for sign in STEERING:
        shown = escape_control_characters(f"before {sign} after\nsecond line")
        assert sign not in shown
        assert all(one == "\n" or one.isprintable() for one in shown)
    assert escape_control_characters("Año “ok” · 50 %\n") == "Año “ok” · 50 %\n"


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_report_is_a_formula(tmp_path: Path, formula: str) -> None:
    with Store(tmp_path / "data") as store:
        connection = store.connect()
        who = Donor(email="ann@example.org", first_name=formula, last_name=formula, page_name=formula)
        store.fill(connection, [new_record(2, who)])
        target = tmp_path / "report.csv"
        reports = ReportSource(store.views, store.history, store.queue.corrections, RowHashes(store.database))
        rows = reports.of_states(connection.id, tuple(RecordState))
        assert write_report(target, rows) == 1

    with target.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]
    assert escaped([formula])[0][:1] == "'"


INJECTIONS = (
    "ann@example.org\r\nBcc: everybody@example.org",
    "ann@example.org\nBcc: x@example.org",
    "ann@example.org%0d%0aBcc:x@example.org",
    "ann@example.org\u2028Bcc: x@example.org",
    '"ann\r\n"@example.org',
    "ann@example.org,everybody@example.org",
    "ann@example.org\x00.evil.example",
)


@pytest.mark.parametrize("email", INJECTIONS)
def test_an_address_carries_no_header_and_no_second_address(email: str) -> None:
    checked = validate_typed(email, "Ann\r\nX-Header: 1", "", "", "", "", Scope(), PhoneStyle.DIGITS)
    body = json.dumps(ContactPayload.of(checked.donor).body(), ensure_ascii=False)
    assert not any(sign in body for sign in ("\\r", "\\n", "\r", "\n", "\u2028", "\x00"))
    if checked.state is not RecordState.HELD:
        address = checked.donor.email
        assert address.count("@") == 1
        assert " " not in address
        assert "bcc" not in address or "%0d" in address


QUERIES = (
    "%",
    "_",
    "%%",
    "\\",
    "'",
    "''; DROP TABLE record; --",
    '" OR 1=1 --',
    "a%b",
    "?",
    ":connection",
    "*",
    "[a-z]",
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_means_its_letters_and_nothing_else(tmp_path: Path, query: str) -> None:
    with Store(tmp_path / "data") as store:
        connection = store.connect()
        names = [query, "plain", f"with {query} within"]
        store.fill(
            connection,
            [new_record(row, Donor(email=f"d{row}@example.org", last_name=n)) for row, n in enumerate(names, 2)],
        )
        listing = Listing(store.database)

        found = list(listing.ids(RecordQuery(connection.id, None, RecordFilter(words=(query,)))))

        expected = [record.id for record in store.views.all_records(connection.id) if _holds(record.donor, query)]
        assert sorted(found) == expected
        assert store.count("SELECT COUNT(*) FROM record") == 3
        for text in (query, f"state:{query}", f"file:{query}", f"page:{query}", f"cause:{query}"):
            list(listing.ids(RecordQuery(connection.id, None, parse_filter(text))))


def _holds(donor: Donor, query: str) -> bool:
    texts = (donor.email, donor.last_name, "made-up.csv")
    return any(query.lower() in text.lower() for text in texts)


# Recognisers that people write

NAMED = 'name = "own"\nlabel = "Own"\n'
BAD_RECOGNISERS: dict[str, bytes] = {
    "no TOML": b"name = = 3",
    "half a sign": b'name = "\xff\xfe"',
    "no name": b'label = "Own"',
    "a strange key": (NAMED + "signiture = ['x']").encode(),
    "a strange field": (NAMED + "[columns]\nsalary = 'x'").encode(),
    "somebody else's column": (NAMED + "[columns]\nemail = 'fundraiser email'").encode(),
    "a number for a text": (NAMED + "signature = 3").encode(),
    "nested too deep": (NAMED + "signature = " + "[" * 100_000).encode(),
    "a number without end": (NAMED + "order = " + "9" * 10_000).encode(),
    "no reason": (NAMED + "[[leave_out]]\ncolumns = 'type'\nreason = 'spite'").encode(),
    "nothing": b"",
    "zeros": b"\x00" * 1000,
}


@pytest.mark.parametrize("kind", BAD_RECOGNISERS)
def test_a_bad_recogniser_is_named_in_a_sentence(tmp_path: Path, kind: str) -> None:
    (tmp_path / "own.toml").write_bytes(BAD_RECOGNISERS[kind])
    with pytest.raises(ImportFileError, match=r"own\.toml"):
        load_profiles(tmp_path)


def test_a_recogniser_that_is_a_folder_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(ImportFileError, match=r"own\.toml"):
        load_profiles(tmp_path)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "b", "*" * 2000 + "b", "[!a-" * 30, "?" * 5000, "*[a-z]*[a-z]" * 20 + "1"]
)
def test_no_pattern_of_a_recogniser_takes_for_ever(pattern: str) -> None:
    rule = SkipRule(columns=("type",), reason=ReasonCode.NOT_A_DONATION, drop=(pattern,), keep=(pattern,))
    for _ in range(50):
        rule.leaves_out("a" * 3000)


# Anything at all


def a_good_file(kind: str, folder: Path) -> bytes:
    """Make a file that can be read, to be broken afterwards."""
    rows = [["Donor Email", "First Name", "Phone"], *([f"d{n}@example.org", f"Ann{n}", "2255550100"] for n in range(9))]
    if kind in {".xlsx", ".ods", ".xls"}:
        return write_xlsx(folder / "good.xlsx", {"Donors": rows}).read_bytes()
    if kind in {".json", ".jsonl"}:
        donors = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        return (json.dumps(donors) if kind == ".json" else "\n".join(map(json.dumps, donors))).encode()
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t" if kind == ".tsv" else ",").writerows(rows)
    if kind == ".zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("donors.csv", text.getvalue())
        return packed.getvalue()
    return text.getvalue().encode()


def flipped(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def shortened(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def repeated(content: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(content)), chance.randint(1, 60)
    return content[:at] + content[at : at + length] * chance.randint(2, 300) + content[at:]


def spiced(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    spice = chance.choice(
        (b'"', b"\x00", b"\xff\xfe", b"\r\r\n", b"\x1a", b"PK\x03\x04", b"\xef\xbb\xbf", b"{", b"]]>", b"=2+2")
    )
    return content[:at] + spice * chance.randint(1, 40) + content[at:]


BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, shortened, repeated, spiced)


@pytest.mark.at_length
@pytest.mark.parametrize("kind", READABLE)
def test_a_broken_file_ends_in_rows_or_in_a_sentence(tmp_path: Path, kind: str) -> None:
    chance = random.Random(f"{SEED}{kind}")  # noqa: S311  repeatable files, not a secret
    good = a_good_file(kind, tmp_path)
    path = tmp_path / f"broken{kind}"
    for _ in range(ROUNDS):
        content = good
        for _ in range(chance.randint(1, 3)):
            content = chance.choice(BREAKS)(content or good, chance)
        path.write_bytes(content)
        with suppress(ImportFileError):
            for row in take(path).rows:
                assert row.donor.email == clean_email(row.donor.email)
                assert escape_control_characters(row.donor.first_name) == row.donor.first_name
        count(FILES_FUZZED)
