"""Every row becomes a donor who waits, is held or is skipped, and no row is lost."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.formats.table import table_from_text
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.validation.column_batch import Columns
from ac_desktop.importing.validation.row_validator import RowValidator
from ac_desktop.importing.validation.table_validator import RequiredInput, validate_table, validate_typed
from ac_desktop.importing.values.dates import DateOrder, order_of, parse_moment
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.rules import DatedRow, duplicates
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.model.states import RecordState
from tests.importing.files import Taken, take, text_of

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "anedot-sample.csv"


def codes(taken: Taken) -> list[str]:
    return [taken.code(row.row) or row.state.value for row in taken.rows]


def test_the_sample_shows_every_outcome() -> None:
    taken = take(SAMPLE)
    assert taken.recognition.label == "Anedot transactions"
    assert taken.recognition.open_questions == ()
    receipt = taken.check.result
    assert (receipt.rows, receipt.waiting, receipt.held, receipt.skipped) == (42, 37, 2, 3)
    assert receipt.balances
    assert set(codes(taken)) == {
        "waiting", "bad_email", "no_email", "not_completed", "not_a_donation", "duplicate_row",
    }  # fmt: skip
    assert {row.donor.page_name for row in taken.rows} == {"spring-appeal", "autumn-gala", ""}
    assert taken.at(2).donor.phone == "2255550100"
    assert [warning.code.value for warning in taken.at(29).warnings] == ["phone_damaged"]
    assert taken.at(29).donor.phone == ""


def test_the_newest_of_one_donor_goes() -> None:
    text = (
        "Email,Date\nA@example.com,2026-03-01\na@example.com,2026-05-01 10:00:00 -0400\nb@example.com,2026-01-01\n"
        "a@example.com,2026-05-01 09:00:00\nb@example.com,2026-01-01\n"
    )
    taken = take(text)
    assert [row.row for row in taken.rows if row.state is RecordState.WAITING] == [3, 6]
    assert taken.check.superseded == {2: 3, 5: 3, 4: 6}
    why = taken.at(2).reason
    assert why is not None
    assert why.text == "Duplicate of row 3."
    assert taken.check.found.reasons == {ReasonCode.DUPLICATE_ROW: 3}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a@example.com", "b@example.com", "bad"]),
            st.sampled_from(["", "2026-01-01", "2026-01-02", "2026-01-01 00:00:01", "soon"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_duplicates_are_those_of_the_rule(rows: list[tuple[str, str]]) -> None:
    taken = take(text_of([("Email", "Date"), *rows]))
    dated = [
        DatedRow(number, email, parse_moment(date)) for number, (email, date) in enumerate(rows, 2) if email != "bad"
    ]
    assert taken.check.superseded == duplicates(dated)
    counts = Counter(row.state for row in taken.rows)
    receipt = taken.check.result
    assert receipt.balances
    assert receipt.rows == len(rows)
    assert (receipt.waiting, receipt.held, receipt.skipped) == (
        counts[RecordState.WAITING],
        counts[RecordState.HELD],
        counts[RecordState.SKIPPED],
    )


def test_a_row_out_of_scope_supersedes_nobody() -> None:
    text = "Email,Date,Page\na@example.com,2026-01-01,in\na@example.com,2026-02-01,out\nbad,2026-02-01,out\n"
    scope = Scope(ScopeKind.EXCEPT, ("out",))
    assert codes(take(text, scope=scope)) == ["waiting", "page_excluded", "page_excluded"]


def test_pages_are_judged_by_id_and_by_name() -> None:
    text = "Email,action_page_id,action_page_name\na@example.com,P1,Spring\nb@example.com,P2,Gala\nc@example.com,,\n"
    only = take(text, scope=Scope(ScopeKind.ONLY, ("p1",)))
    assert codes(only) == ["waiting", "page_not_chosen", "page_unknown"]
    assert only.at(4).state is RecordState.HELD
    assert codes(take(text, scope=Scope(ScopeKind.ONLY, ("gala",)))) == ["page_not_chosen", "waiting", "page_unknown"]
    assert only.check.required == ()


def test_a_file_that_names_no_page_makes_us_ask_once() -> None:
    text, scope = "Email\na@example.com\n", Scope(ScopeKind.ONLY, ("spring",))
    asked = take(text, scope=scope)
    assert asked.check.required == (RequiredInput.PAGE,)
    assert codes(asked) == ["page_unknown"]
    answered = take(text, scope=scope, page="spring")
    assert answered.check.required == ()
    assert codes(answered) == ["waiting"]
    assert answered.at(2).donor.page == "spring"
    assert codes(take(text, scope=scope, page="gala")) == ["page_not_chosen"]


@pytest.mark.parametrize(
    ("text", "team", "needs"),
    [
        ("Email\na@example.com\n", Team("North"), (RequiredInput.TEAM,)),
        ("Email\na@example.com\n", Team("North", ("spring",)), (RequiredInput.PAGE,)),
        ("Email,Team\na@example.com,North\n", Team("North"), ()),
        ("Email,Page\na@example.com,spring\n", Team("North", ("spring",)), ()),
    ],
)
def test_a_team_is_asked_for_where_nothing_shows_it(text: str, team: Team, needs: tuple[RequiredInput, ...]) -> None:
    taken = take(text, scope=Scope(team=team))
    assert taken.check.required == needs
    assert (codes(taken) == ["waiting"]) == (not needs)
    assert codes(take(text, scope=Scope(team=team), team="North")) == ["waiting"]


def test_rows_whose_columns_may_have_moved_are_held() -> None:
    text = (
        "Email,First Name,Last Name,Phone,Note\n"
        "a@example.com,Ann\n"
        "b@example.com,Bob,Dot,2252501301,x,more\n"
        "Carla,c@example.com\n"
        "d@example.com,Dan,225-250-1301\n"
        "e@example.com,Eve,Dot,2252501301\n"
        "f@example.com,Finn,Dot,2252501301,x,\n"
    )
    taken = take(text)
    assert codes(taken) == ["waiting", "ragged_row", "ragged_row", "ragged_row", "waiting", "ragged_row"]
    why = taken.at(3).reason
    assert why is not None
    assert why.text.startswith("This row has 6 cells but the header has 5")
    assert taken.at(3).cells == ("b@example.com", "Bob", "Dot", "2252501301", "x", "more")


def test_cells_are_cleaned_as_spreadsheets_and_services_leave_them() -> None:
    rows = [
        ["Email", "First Name", "Last Name", "Phone"],
        ["ann@example.com", "'t Hooft", "Null", "'2252501301"],
        ["bob@example.com", "Not Shared By Donor", "\u00a0van  Dot\u200b", "N/A"],
        ["none", "Carla", "", ""],
        ["n/a", "Dan", "", "2.25E+09"],
        ["eve@example.com", "'=Eve", "eve@example.com", "2252501301.0"],
    ]
    taken = take(text_of(rows))
    names = [(row.donor.first_name, row.donor.last_name, row.donor.phone) for row in taken.rows]
    assert names == [
        ("'t Hooft", "Null", "2252501301"),
        ("", "van Dot", ""),
        ("Carla", "", ""),
        ("Dan", "", ""),
        ("=Eve", "", "2252501301"),
    ]
    assert codes(taken) == ["waiting", "waiting", "no_email", "no_email", "waiting"]
    assert [warning.code.value for warning in taken.at(6).warnings] == ["name_is_email"]


def test_every_warning_is_a_sentence() -> None:
    text = (
        "Email,First Name,Phone\n"
        "ann@gmial.com,A,2.25E+09\n"
        "a@example.com; b@example.com,x@example.com,12\n"
        "<c@example.com>,C,none yet\n"
    )
    taken = take(text)
    reported = [[warning.code.value for warning in row.warnings] for row in taken.rows]
    assert reported == [
        ["email_suggestion", "phone_damaged"],
        ["email_several", "name_is_email", "phone_length"],
        ["email_peeled", "phone_no_digits"],
    ]
    assert sum(taken.check.found.warnings.values()) == 7
    assert all("{" not in warning.text for row in taken.rows for warning in row.warnings)
    assert taken.at(2).donor.email == "ann@gmial.com"


@pytest.mark.parametrize(
    ("style", "phone"),
    [(PhoneStyle.DIGITS, "2252501301"), (PhoneStyle.E164, "+12252501301"), (PhoneStyle.AS_TYPED, "1 (225) 250-1301")],
)
def test_phones_follow_the_connections_style(style: PhoneStyle, phone: str) -> None:
    assert take("Email,Phone\na@example.com,1 (225) 250-1301\n", style=style).at(2).donor.phone == phone


def test_iterating_again_reads_again_and_keeps_no_count_twice() -> None:
    table = table_from_text("Email\na@example.com\na@example.com\n")
    checked = validate_table(table, detect(table, load_profiles()), scope=Scope(), phone_style=PhoneStyle.DIGITS)
    assert [row.state for row in checked] == [RecordState.WAITING, RecordState.WAITING]
    assert [row.state for row in checked.settled()] == [RecordState.SKIPPED, RecordState.WAITING]
    assert checked.result.rows == 2


def test_a_typed_donor_is_checked_by_the_same_code() -> None:
    row = validate_typed(
        " Annie@Example.com ", " Annie ", "Dot", "12252501301", "spring", "", Scope(), PhoneStyle.DIGITS
    )
    assert (row.state, row.donor.email, row.donor.phone) == (RecordState.WAITING, "annie@example.com", "2252501301")
    assert row.donor.page == "spring"
    bad = validate_typed("annie", "", "", "", "", "", Scope(), PhoneStyle.DIGITS)
    assert bad.state is RecordState.HELD
    assert bad.reason is not None
    assert bad.reason.code is ReasonCode.BAD_EMAIL
    out = validate_typed("a@example.com", "", "", "", "gala", "", Scope(ScopeKind.EXCEPT, ("gala",)), PhoneStyle.DIGITS)
    assert out.state is RecordState.SKIPPED


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-04-09", DateOrder.UNKNOWN, "2026-04-09 00:00:00"),
        ("2026-04-09 20:57:08 -0400", DateOrder.UNKNOWN, "2026-04-09 20:57:08"),
        ("2026-04-09T20:57:08.123Z", DateOrder.UNKNOWN, "2026-04-09 20:57:08"),
        ("2026-04-09 20:57 UTC", DateOrder.UNKNOWN, "2026-04-09 20:57:00"),
        ("2026/04/09", DateOrder.UNKNOWN, "2026-04-09 00:00:00"),
        ("09.04.2026", DateOrder.UNKNOWN, "2026-04-09 00:00:00"),
        ("04/09/2026", DateOrder.UNKNOWN, None),
        ("04/09/2026", DateOrder.MONTH_FIRST, "2026-04-09 00:00:00"),
        ("04/09/2026 8:57 PM", DateOrder.DAY_FIRST, "2026-09-04 20:57:00"),
        ("31/02/2026", DateOrder.DAY_FIRST, None),
        ("2026-13-09", DateOrder.UNKNOWN, None),
        ("soon", DateOrder.UNKNOWN, None),
    ],
)
def test_dates_are_read_by_the_clock_on_the_wall(text: str, order: DateOrder, expected: str | None) -> None:
    when = parse_moment(text, order)
    assert (when.isoformat(" ") if when else None) == expected


def test_day_and_month_are_proved_never_guessed() -> None:
    assert order_of(["01/02/2026", "13/02/2026"]) is DateOrder.DAY_FIRST
    assert order_of(["01/02/2026", "02/13/2026"]) is DateOrder.MONTH_FIRST
    assert order_of(["01/02/2026"]) is DateOrder.UNKNOWN
    assert order_of(["13/02/2026", "02/13/2026"]) is DateOrder.UNKNOWN
    assert order_of(["2026-01-01"]) is None


def test_an_ambiguous_date_is_asked_about_and_the_later_row_goes() -> None:
    text = "Email,Date\na@example.com,05/04/2026\na@example.com,04/05/2026\n"
    taken = take(text)
    assert [question.kind.value for question in taken.recognition.open_questions] == ["date order"]
    assert taken.check.superseded == {2: 3}
    table = table_from_text(text)
    answered = detect(table, load_profiles(), date_order=DateOrder.MONTH_FIRST)
    assert answered.open_questions == ()
    checked = validate_table(table, answered, scope=Scope(), phone_style=PhoneStyle.DIGITS)
    assert len(list(checked)) == 2
    assert checked.superseded == {3: 2}


ODD_CELLS = {
    "Email": [
        "ann@example.com",
        " Bob@Example.com",
        "carla@gmial.com",
        "",
        "dan",
        "E\u212a@example.com",
        "n/a",
        "x" * 260,
    ],
    "Phone": ["2252501301", "1 (225) 250-1301", "+44 20 7946 0958", "", "12", "2.25E+09", "225250\u0661301", "n/a"],
    "First Name": ["Ann", " Bob ", "", "ann@example.com", "Not shared by donor", "'t", "=Eve", "\u00a0Zoë\u200b"],
    "Last Name": ["Dot", "", "Null", "van  Rey", "dot@example.com"],
    "Date": ["2026-04-09 20:57:08 -0400", "2026-04-09", "2026-W01-1 20:57:08", "09.04.2026", "soon", ""],
    "UID": ["d1", " d 2 ", "", "'=3"],
    "Type": ["Donation", "Refund", ""],
    "Page": ["spring", "gala", ""],
    "Do Not Contact": ["", "", "", "yes", "no", "?"],
    "Unsubscribed At": ["", "", "2026-01-02", "2026-01-03 04:05:06", "0"],
    "Payment Status": ["", "Succeeded", "Failed", "limbo"],
    "Amount": ["$5.00", "-5.00", "", "$1,000.00"],
    "Refund Amount": ["", "0.00", "$5.00"],
    "State": ["LA", "TX", "failed", "unsubscribed"],
    "More": ["", "x"],
}
ODD_ROWS = st.lists(
    st.tuples(*map(st.sampled_from, ODD_CELLS.values())).flatmap(
        lambda cells: st.sampled_from([cells, cells[:5], (*cells, "beyond"), tuple(f"'{cell}" for cell in cells)])
    ),
    min_size=1,
    max_size=12,
)


@given(ODD_ROWS, st.sampled_from(PhoneStyle), st.sampled_from([Scope(), Scope(ScopeKind.ONLY, ("spring",))]))
def test_rows_judged_together_come_out_as_if_judged_one_by_one(
    rows: list[tuple[str, ...]], style: PhoneStyle, scope: Scope
) -> None:
    usual = tuple(cells[0] for cells in ODD_CELLS.values())
    table = table_from_text(text_of([tuple(ODD_CELLS), usual, *rows], quoting=csv.QUOTE_ALL))
    recognition = detect(table, load_profiles())
    judge = RowValidator(table, recognition, scope, style, "", "")
    numbers, cells = zip(*table.numbered(), strict=True)
    together = list(Columns(judge).validate(numbers, cells).rows())
    assert together == [judge.row(number, row) for number, row in zip(numbers, cells, strict=True)]
