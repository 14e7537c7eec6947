"""Rows validated column by column have the results of rows validated one by one, whatever people write into them."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.detection.detection import asked_questions
from ac_desktop.importing.formats.table import Table, table_from_text
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.validation.column_batch import Columns
from ac_desktop.importing.validation.row_validator import RowValidator, ValidatedRow
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.scope import Scope
from tests.importing.files import text_of
from tests.importing.made_exports import chance
from tests.importing.people import ABROAD, PHONES, RARE_PHONES
from tests.importing.untidy_exports import MAKERS, SERVICES, Maker, of_service

PROFILES = load_profiles()
ROWS = 250


def assert_same_rows(table: Table, style: PhoneStyle = PhoneStyle.DIGITS, batch: int = 150) -> Sequence[ValidatedRow]:
    """Validate a table in both ways, twice by columns, as what was seen before is kept."""
    detection = detect(table, PROFILES, None)
    one_by_one = RowValidator(table, detection, Scope(), style, "", "")
    columns = Columns(RowValidator(table, detection, Scope(), style, "", ""))
    expected = [
        one_by_one.row(number, cells)
        for numbers, rows in table.batches(1)
        for number, cells in zip(numbers, rows, strict=True)
    ]
    for _ in range(2):
        found = [row for numbers, rows in table.batches(batch) for row in columns.validate(numbers, rows).rows()]
        for one, other in zip(expected, found, strict=True):
            assert other == one
    return expected


def made(maker: Maker, random: Random) -> Table:
    return table_from_text(text_of([maker.header, *maker.rows(ROWS, random)]), delimiter=",")


@pytest.mark.parametrize("name", [*MAKERS, *SERVICES])
def test_nothing_is_asked_about_a_makers_file(name: str) -> None:
    random = chance()
    maker = MAKERS.get(name) or of_service(name, random)
    assert asked_questions(detect(made(maker, random), PROFILES, None).open_questions) == ()


@pytest.mark.parametrize("style", PhoneStyle)
@pytest.mark.parametrize("name", MAKERS)
def test_every_makers_rows(name: str, style: PhoneStyle) -> None:
    assert_same_rows(made(MAKERS[name], chance()), style)


@pytest.mark.parametrize("name", SERVICES)
def test_every_services_rows(name: str) -> None:
    random = chance()
    assert_same_rows(made(of_service(name, random), random))


WORDS = st.sampled_from(
    [
        "Ann",
        "'Ann",
        "'5",
        "''5",
        "Null",
        "n/a",
        "N/A",
        "-",
        "Not shared by donor",
        "NOT SHARED BY DONOR ",
        "José",
        "ann@example.org",
        "Anonymous",
        "ANON",
        "2252501301",
        "225250130",
        "Dot, Ann",
        "\u200bAnn",
        "Ann\u00a0Dot",
        "  Ann   Dot ",
        "\u202eAnn",
        "\ud800",
    ]
)
TEXT = st.one_of(
    WORDS,
    st.text("aZ1'@.,<>;+-_ \t\u00a0\u200b\u202e\uff20\u0130éß", max_size=12),
    st.text(max_size=8),
)
EMAIL = st.one_of(
    TEXT,
    st.builds(
        "{}{}@{}{}".format,
        st.sampled_from(["", " ", "'", "mailto:", "<", "\u00a0", "\u200b"]),
        st.text("aB1.'+-_é", min_size=1, max_size=6),
        st.sampled_from(
            [
                "example.org",
                "Example.COM",
                "gmial.com",
                "gmail.co",
                "x",
                "a.test",
                "a-.org",
                "x.arpa",
                "a--b.org",
                "xn--mnchen-3ya.de",
                "xn--a.org",
                "ab--c.org",
                "1.2",
                "a.1b",
                "exämple.org",
                "a..b",
                "local",
                "a.local",
            ]
        ),
        st.sampled_from(["", " ", ";", "\u00a0", ">", ".", "?x", ", b@example.org"]),
    ),
)
PHONE = st.one_of(
    TEXT,
    st.builds(
        lambda style, line: style.format(a=line % 1_000, h=f"{line * 7 % 1_000:03d}", t=f"{line % 10_000:04d}"),
        st.sampled_from([*PHONES, *ABROAD, *RARE_PHONES]),
        st.integers(0, 10_000_000),
    ),
    st.text("0123456789+-() ./'xE,\u00a0\u2013\u200b\uff11\u00b2\u00bd", max_size=16),
)
DATE = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["2026-04-09", "2026-02-30", "04/09/2026", "13.4.2026", "2026/04/09", "26-04-09", "2026-4-9"]),
        st.sampled_from([" ", "T", "  ", ""]),
        st.sampled_from(["", "20:57", "20:57:08", "20:57:08 -0400", "8:57 PM", "25:00:00", "20:57:08.123", "ab:cd:ef"]),
    ),
    st.text("0123456789-: /T", max_size=20),
)
HEADERS = (
    ("Email", "First Name", "Last Name", "Phone", "Campaign", "Status"),
    ("Phone", "Name", "Email", "First Name", "Last Name", "Status"),
    ("Name", "Date", "Email", "Phone", "Amount", "Status"),
    ("email1", "email1_is_bad", "email2", "email2_is_bad", "first_name", "nationbuilder_id"),
    ("DONOR FIRST NAME", "DONOR LAST NAME", "DONOR EMAIL ADDRESS", "TRANSACTION NUMBER", "AMOUNT", "DONOR PHONE"),
)


@pytest.mark.parametrize("mark", ["", "'"])
@pytest.mark.parametrize("email", ["'ann@example.org", "'5a@example.org", "ann@example.org'"])
def test_the_text_mark_of_a_spreadsheet_before_an_address(mark: str, email: str) -> None:
    lines = [[f"{mark}Email", f"{mark}First Name"], ["ann@example.org", "x"], [email, "Ann"]]
    assert_same_rows(table_from_text(text_of(lines), delimiter=",", header_row=1))


@settings(max_examples=200)
@given(
    data=st.data(), header=st.sampled_from(HEADERS), style=st.sampled_from(PhoneStyle), mark=st.sampled_from(["", "'"])
)
def test_whatever_is_in_the_cells(data: st.DataObject, header: Sequence[str], style: PhoneStyle, mark: str) -> None:
    by_word = {"mail": EMAIL, "hone": PHONE, "date": DATE}
    strategies = [next((cells for word, cells in by_word.items() if word in name.lower()), TEXT) for name in header]
    rows = data.draw(
        st.lists(
            st.one_of(st.tuples(*strategies), st.lists(st.one_of(EMAIL, PHONE), max_size=9).map(tuple)), max_size=12
        )
    )
    first = tuple("ann@example.org" if "mail" in name.lower() else "x" for name in header)
    lines = [[f"{mark}{name}" for name in header], first, *rows]
    assert_same_rows(table_from_text(text_of(lines).replace("\0", ""), delimiter=",", header_row=1), style, batch=5)
