"""Layouts are kept under names of their own, renamed and removed, and migrated from before they had names."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.store.imports.layouts import LONGEST_NAME, Layout, Layouts
from tests.made_up import Store

NOW = 1_000.0
WHOLE = Layout({"email": "Mail", "phone": ""}, "day first", ("Mail", "Färbe", "Column 3"), "plain")


def names(layouts: Layouts) -> list[str]:
    return [one.name for one in layouts.all()]


def test_all_of_a_layout_is_kept(store: Store) -> None:
    layouts = Layouts(store.database)
    layouts.store("f1", WHOLE, NOW, name="  May\n donors ")
    (known,) = layouts.all()
    assert (known.fingerprint, known.name, known.layout, known.changed_at) == ("f1", "May donors", WHOLE, NOW)
    assert layouts.of("f1") == WHOLE


def test_no_two_names_are_equal(store: Store) -> None:
    layouts = Layouts(store.database)
    for number, name in enumerate(("donors", "Donors", "donors", "", "")):
        layouts.store(f"f{number}", Layout(), NOW, name=name)
    assert names(layouts) == ["donors", "Donors (2)", "donors (3)", "layout-f3", "layout-f4"]


def test_a_name_stays_when_the_layout_is_matched_again(store: Store) -> None:
    layouts = Layouts(store.database)
    layouts.store("f1", Layout({"email": "A"}), NOW, name="donors")
    assert layouts.rename("f1", "Our club")
    layouts.store("f1", Layout({"email": "B"}), NOW + 1, name="other")
    (known,) = layouts.all()
    assert (known.name, known.layout.columns, known.changed_at) == ("Our club", {"email": "B"}, NOW + 1)


def test_a_name_that_cannot_be_is_refused(store: Store) -> None:
    layouts = Layouts(store.database)
    layouts.store("f1", Layout(), NOW, name="donors")
    layouts.store("f2", Layout(), NOW)
    for name in ("", "  ", "x" * (LONGEST_NAME + 1), "DONORS"):
        assert not layouts.rename("f2", name)
    assert not layouts.rename("f1", "Layout-F2")
    assert not layouts.rename("gone", "new")
    assert layouts.rename("f1", "DONORS")
    assert names(layouts) == ["DONORS", "layout-f2"]


def test_a_removed_layout_is_known_no_more(store: Store) -> None:
    layouts = Layouts(store.database)
    layouts.store("f1", WHOLE, NOW, name="donors")
    layouts.remove("f1")
    layouts.remove("f1")
    assert layouts.of("f1") is None
    assert layouts.all() == []


def test_a_layout_of_an_older_version_has_a_name_too(store: Store) -> None:
    with store.database.writing() as sql:
        sql.execute(
            "INSERT INTO layout (fingerprint, columns, date_order, changed_at) VALUES (?, ?, ?, ?)",
            ("0123456789abcdef", '{"email": "Mail"}', "day first", NOW),
        )
    layouts = Layouts(store.database)
    assert layouts.of("0123456789abcdef") == Layout({"email": "Mail"}, "day first")
    assert names(layouts) == ["layout-0123456789abcdef"]


@given(st.lists(st.sampled_from(["a", "A", "a (2)", "b", ""]), max_size=8))
def test_names_stay_distinct_whatever_is_learned(given_names: Sequence[str]) -> None:
    with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        layouts = Layouts(store.database)
        for number, name in enumerate(given_names):
            layouts.store(f"f{number}", Layout(), NOW, name=name)
        found = [name.casefold() for name in names(layouts)]
        assert len(set(found)) == len(given_names) == len(found)
