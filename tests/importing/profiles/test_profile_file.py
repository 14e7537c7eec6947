"""A layout exported as a profile reads the same file in the same way, whatever its headings are."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import table_from_text
from ac_desktop.importing.profiles.columns import Field, distinct, normalised, of_somebody_else
from ac_desktop.importing.profiles.profiles import load_profiles, profile_toml, write_profile
from ac_desktop.store.imports.layouts import KnownLayout, Layout
from tests.importing.files import header, text_of, under

NAMED = (Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME, Field.PHONE)
HEADINGS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=10).filter(
    lambda text: normalised(text) and not of_somebody_else(text)
)


def known_as(layout: Layout, name: str = "Our club") -> KnownLayout:
    return KnownLayout(fingerprint="0123456789abcdef", name=name, layout=layout, changed_at=1.0)


@settings(max_examples=40)
@given(st.lists(HEADINGS, min_size=5, max_size=7), st.permutations(range(4)), st.text(min_size=1, max_size=10))
def test_the_same_columns_are_found(headings: list[str], places: list[int], name: str) -> None:
    rows = [headings, *([f"ann{row}@example.org", "x", "y", "z", "1", "", ""][: len(headings)] for row in range(2))]
    table = table_from_text(text_of(rows), delimiter=",", header_row=1)
    named = distinct(table.header)
    columns = {field.value: named[place] for field, place in zip(NAMED, places, strict=True)}
    layout = Layout(columns, "day first", named, "plain")
    with TemporaryDirectory() as folder:
        write_profile(Path(folder) / "club.toml", known_as(layout, name))
        profiles = load_profiles(Path(folder))
    found = detect(table, profiles)
    by_hand = detect(table, load_profiles(), {field: columns[field.value] for field in NAMED})
    assert found.name == "layout-0123456789abcdef"
    assert {field: found.columns[field] for field in NAMED} == {field: by_hand.columns[field] for field in NAMED}
    assert found.date_order.value == "day first"


def test_the_rules_of_the_service_stay(tmp_path: Path) -> None:
    names = header("zeffy")
    layout = Layout({"email": "Email", "first_name": "Last Name", "last_name": ""}, "", tuple(names), "zeffy")
    write_profile(tmp_path / "mine.toml", known_as(layout))
    rows = under(
        names, *({"Email": "a@example.org", "Payment Status": one} for one in ("Succeeded", "Failed", "Limbo"))
    )
    found = detect(table_from_text(text_of(rows)), load_profiles(tmp_path))
    assert (found.label, found.columns[Field.FIRST_NAME]) == ("Our club", names.index("Last Name"))
    assert Field.LAST_NAME not in found.columns
    codes = [{rule.rule.why(cell) for rule in found.leave_out} - {None} for cell in ("Succeeded", "Failed", "Limbo")]
    assert [len(one) > 0 for one in codes] == [False, True, True]


@pytest.mark.parametrize("base", [profile.name for profile in load_profiles() if not profile.name.startswith("report")])
def test_a_layout_over_any_profile_can_be_loaded_and_comes_first(tmp_path: Path, base: str) -> None:
    (profile,) = (one for one in load_profiles() if one.name == base)
    headings = tuple(dict.fromkeys((*profile.signature, *profile.any_of, "reach me")))
    write_profile(tmp_path / "mine.toml", known_as(Layout({"email": "reach me"}, "", headings, base)))
    profiles = load_profiles(tmp_path)
    matching = [one.name for one in profiles if one.signature and one.matches(frozenset(headings), is_json=True)]
    assert matching[0] == "layout-0123456789abcdef"


def test_what_no_profile_may_have_is_not_exported(tmp_path: Path) -> None:
    known = known_as(Layout({"email": "Partner Email"}, "", ("Partner Email",), "plain"))
    with pytest.raises(ImportFileError, match="Partner Email"):
        profile_toml(known)
    with pytest.raises(ImportFileError):
        write_profile(tmp_path / "mine.toml", known)
    assert list(tmp_path.glob("*.toml")) == []


def test_a_layout_of_an_older_version_is_exported_by_its_columns() -> None:
    text = profile_toml(known_as(Layout({"email": "Mail", "phone": ""}, "")))
    assert 'signature = ["Mail"]' in text
    assert 'based_on = "plain"' in text


@pytest.mark.parametrize("base", ["nobody", "layout-x"])
def test_a_profile_based_on_none_or_on_itself_is_named(tmp_path: Path, base: str) -> None:
    text = f'name = "layout-x"\nlabel = "X"\nbased_on = "{base}"\nsignature = ["A"]\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ImportFileError, match=r"mine\.toml"):
        load_profiles(tmp_path)
