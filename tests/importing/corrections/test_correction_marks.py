"""The mark of a row in a report leads to its record; one that is damaged, doubled or of elsewhere changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.importing.corrections.corrected_columns import is_same
from ac_desktop.importing.corrections.record_marks import MarkedRecord, MarkTrouble, mark_of, read_mark
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from tests.harness import Harness
from tests.importing.corrections.support import (
    ANN,
    BEA,
    HEADER,
    Rows,
    all_balance,
    as_csv,
    exported,
    queue,
    saved,
    states,
    take,
)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: "", "mark_missing"),
        (lambda mark: mark[:-1], "mark_damaged"),
        (lambda mark: mark.replace("-", "").replace(mark[3], "Z" if mark[3] != "Z" else "Y", 1), "mark_damaged"),
        (lambda _: "2", "mark_damaged"),
        (lambda _: mark_of(1, 0, b"another folder's key"), "mark_foreign"),
    ],
)
def test_a_wrong_mark_is_reported_and_nothing_is_guessed(
    harness: Harness, connection: Connection, spoil: Callable[[str], str], code: str
) -> None:
    queue(harness, connection, ANN, BEA)
    rows = exported(harness, connection)
    rows[0] |= {"Email": "ann@example.org", "Relay mark": spoil(rows[0]["Relay mark"])}
    rows[1]["Email"] = "bea@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.rows, batch.result.waiting, batch.result.skipped) == (2, 1, 1)
    assert states(harness, connection)[0] == ("held", "bad_email")
    assert ("skipped", code) in states(harness, connection)
    all_balance(harness)
    genuine = harness.folder / "new.csv"
    genuine.write_text("Email,First name\nann@example.org,José\n", encoding="utf-8")
    assert take(harness, connection, genuine).result.waiting == 1


def test_two_rows_with_one_mark_change_nothing(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN, BEA)
    rows = exported(harness, connection)
    rows.append(rows[0] | {"Email": "ann@example.net"})
    rows[0]["Email"] = "ann@example.org"
    rows[1]["Email"] = "bea@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.waiting, batch.result.skipped) == (1, 2)
    assert states(harness, connection)[0] == ("held", "bad_email")
    assert states(harness, connection).count(("skipped", "mark_twice")) == 2
    all_balance(harness)


def test_a_report_of_another_connection_or_folder_is_refused(
    harness: Harness, connection: Connection, tmp_path: Path
) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    other = harness.connect("Autumn")
    with pytest.raises(ImportFileError, match="another connection"):
        take(harness, other, saved(harness, rows))
    assert states(harness, other) == []
    with Harness(tmp_path / "elsewhere") as elsewhere:
        foreign = elsewhere.connect()
        queue(elsewhere, foreign, ANN)
        with pytest.raises(ImportFileError, match="another data folder"):
            take(elsewhere, foreign, saved(harness, rows))
        assert states(elsewhere, foreign) == [("held", "bad_email")]
    queue(harness, other, BEA)
    mixed = [*rows, *exported(harness, other)]
    batch = take(harness, connection, saved(harness, mixed))
    assert (batch.result.waiting, batch.result.skipped) == (1, 1)
    assert states(harness, other) == [("held", "bad_email")]


@pytest.mark.parametrize("lost", ["headings", "mark column"])
def test_a_report_that_lost_its_headings_or_its_marks_is_refused(
    harness: Harness, connection: Connection, lost: str
) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    if lost == "headings":
        path = harness.folder / "headless.csv"
        path.write_text("".join(as_csv(rows).splitlines(keepends=True)[1:]), encoding="utf-8")
    else:
        path = saved(harness, [{name: cell for name, cell in rows[0].items() if name != "Relay mark"}])
    with pytest.raises(ImportFileError, match="its headings or its marks are missing"):
        take(harness, connection, path)
    assert states(harness, connection) == [("held", "bad_email")]


OLD = (
    "Relay file", "Relay sheet", "Relay row", "Relay state", "Relay reason", "Relay can be fixed by", "Relay email",
    "Relay first name", "Relay last name", "Relay phone", "Relay page", "Relay contact", "Relay status",
    "Relay response",
)  # fmt: skip


def old_rows(*donors: Donor) -> Rows:
    """Write what an older version's report said of `queue`'s donors."""
    made = []
    for row, donor in enumerate(donors, 2):
        ours = (
            "gifts.csv", "", str(row), "held", "why", "You", donor.email, donor.first_name, donor.last_name,
            f"'{donor.phone}" if donor.phone[:1] == "+" else donor.phone, donor.page, "", "", "",
        )  # fmt: skip
        original = zip(HEADER, (donor.email, donor.first_name, "$5.00", "3/4/2026"), strict=True)
        made.append({**dict(zip(OLD, ours, strict=True)), **dict(original)})
    return made


@pytest.mark.parametrize("column", ["Relay email", "Email"])
def test_a_report_of_an_older_version_corrects_by_either_column(
    harness: Harness, connection: Connection, column: str
) -> None:
    queue(harness, connection, ANN, BEA)
    rows = old_rows(ANN, BEA)
    with pytest.raises(ImportFileError, match="No rows of the report"):
        take(harness, connection, saved(harness, rows))
    rows[1][column] = "bea@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.rows, batch.result.waiting, batch.uncorrected_rows) == (1, 1, 1)
    assert states(harness, connection) == [("held", "bad_email"), ("skipped", "corrected"), ("waiting", "")]
    all_balance(harness)


def test_an_older_report_whose_columns_disagree_or_whose_place_is_of_several_is_reported(
    harness: Harness, connection: Connection
) -> None:
    queue(harness, connection, ANN)
    rows = old_rows(ANN)
    rows[0] |= {"Relay email": "ann@example.org", "Email": "ann@example.net"}
    take(harness, connection, saved(harness, rows))
    assert states(harness, connection) == [("held", "bad_email"), ("skipped", "mark_conflict")]
    queue(harness, connection, ANN)
    rows = old_rows(ANN)
    rows[0]["Email"] = "ann@example.org"
    take(harness, connection, saved(harness, rows))
    assert states(harness, connection)[-1] == ("skipped", "mark_missing")
    assert [state for state, _ in states(harness, connection)].count("waiting") == 0


def test_marks_are_texts_that_nobody_makes_up() -> None:
    key = b"k" * 16
    marks = {mark_of(number, edits, key): MarkedRecord(number, edits) for number in (1, 2, 999_999) for edits in (0, 7)}
    for mark, named in marks.items():
        assert read_mark(mark, key) == named
        assert read_mark(" " + mark.lower().replace("-", " \u2013 "), key) == named
        assert read_mark(mark, b"another") is MarkTrouble.FOREIGN
        wrong = [
            mark[:place] + letter + mark[place + 1 :]
            for place in range(2, len(mark))
            for letter in "2Z"
            if mark[place] not in f"-{letter}"
        ]
        assert not {read_mark(one, key) for one in wrong} & set(marks.values())
    assert read_mark("", key) is MarkTrouble.MISSING
    assert read_mark("R-2", key) is MarkTrouble.DAMAGED


@pytest.mark.parametrize(
    ("cell", "kept", "same"),
    [
        ("2.2525E+09", "2252501301", True),
        ("2.2525E+09", "2253501301", False),
        ("2,2525E+09", "2252501301", True),
        ("42", "0042", True),
        ("43", "0042", False),
        ("'+442079460958", "+442079460958", True),
        ("442079460958", "+442079460958", True),
        ("12345678901234500", "12345678901234567", True),
        ("Jos?", "José", True),
        ("JosÃ©", "José", True),
        ("?ukasz", "Łukasz", True),
        ("TRUE", "True", True),
        ("May-26", "may-2026", True),
        ("2026-05-01", "may-2026", True),
        ("Jun-26", "may-2026", False),
        ("2-Jan", "1-2", True),
        ("spring-2027", "spring-2026", False),
        ("spring-26", "autumn-2026", False),
        ("gala 5", "gala 6", False),
        ("ANN", "Ann", False),
        ("", "Ann", False),
        (" Ann\u00a0", "Ann", True),
        ("9" * 400 + "E9999", "1", False),
    ],
)
def test_what_is_the_same_value(cell: str, kept: str, same: bool) -> None:  # noqa: FBT001
    assert is_same(cell, kept) is same
