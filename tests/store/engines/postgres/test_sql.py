"""The store's statements, with `?` or `:name` for values, become PostgreSQL's; texts, names and casts stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.store.engines.postgres.sql import translated


@pytest.mark.parametrize(
    ("statement", "text", "names"),
    [
        ("SELECT 1", "SELECT 1", ()),
        ("UPDATE team SET pages = ? WHERE name = ?", "UPDATE team SET pages = $1 WHERE name = $2", ()),
        ("SELECT :email, :email, :at", "SELECT $1, $1, $2", ("email", "at")),
        ("SELECT '?', 'it''s :one', \"a?b\", ?", "SELECT '?', 'it''s :one', \"a?b\", $1", ()),
        ("SELECT ?::bigint, x LIKE 'a%'", "SELECT $1::bigint, x LIKE 'a%'", ()),
        ("WHERE id IN () AND id NOT IN ( )", "WHERE id = ANY('{}') AND id <> ALL('{}')", ()),
        ("LIKE ? ESCAPE '\\'", "LIKE $1 ESCAPE '\\'", ()),
    ],
)
def test_a_statement_is_put_into_the_servers_words(statement: str, text: str, names: tuple[str, ...]) -> None:
    assert translated(statement) == (text, names)


@given(st.lists(st.sampled_from(["?", "'?'", "'it''s ?'", '"a?"', "x", ":email", "::text", "%", "':at'"]), max_size=9))
def test_each_place_gets_its_number_and_what_is_in_quotes_keeps_its_text(parts: list[str]) -> None:
    text, names = translated(" ".join(parts))
    quoted = [part for part in parts if part[0] in "'\"" or part in {"x", "::text", "%"}]
    assert [part for part in text.split() if part[0] != "$"] == [inner for part in quoted for inner in part.split()]
    assert len(re.findall(r"\$\d+", text)) == parts.count("?") + parts.count(":email")
    assert names == (("email",) if ":email" in parts else ())
