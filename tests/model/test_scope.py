"""Scope (rule 12): all pages, chosen pages, excluded pages, team; where no page is named, nobody guesses."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.scope import Scope, ScopeKind, ScopeVerdict, Team, page_key, parse_pages

UUID_ONE = "0f8fad5b-d9cb-469f-a165-70867728950e"
UUID_TWO = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
PAGE_NAMES = ["", "spring", "SPRING", "gala", "walk"]
TEAMS = [None, Team("North"), Team("North", ("spring",)), Team("North", ("gala", "walk"))]


def naive(scope: Scope, donor: Donor) -> ScopeVerdict:
    """State the rule again in the plainest way: out if anything says out, else unknown if anything is, else in."""
    pages = {page.casefold() for page in (donor.page, donor.page_name) if page}
    said = []
    if scope.kind is not ScopeKind.ALL:
        named = bool(pages & {page.casefold() for page in scope.pages})
        taken = named if scope.kind is ScopeKind.ONLY else not named
        said.append((ScopeVerdict.IN if taken else ScopeVerdict.OUT) if pages else ScopeVerdict.UNKNOWN)
    if scope.team is not None:
        if donor.team:
            said.append(ScopeVerdict.IN if donor.team.casefold() == scope.team.name.casefold() else ScopeVerdict.OUT)
        elif not scope.team.pages or not pages:
            said.append(ScopeVerdict.UNKNOWN)
        else:
            known = {page.casefold() for page in scope.team.pages}
            said.append(ScopeVerdict.IN if pages & known else ScopeVerdict.OUT)
    return next((verdict for verdict in (ScopeVerdict.OUT, ScopeVerdict.UNKNOWN) if verdict in said), ScopeVerdict.IN)


@pytest.mark.parametrize("kind", ScopeKind)
@pytest.mark.parametrize("team", TEAMS)
def test_every_scope_judges_every_donor_as_the_rule_says(kind: ScopeKind, team: Team | None) -> None:
    for pages in [(), ("spring",), ("Gala", "walk")]:
        scope = Scope(kind, pages, team)
        for page, name, of_team in product(PAGE_NAMES, PAGE_NAMES, ["", "north", "South"]):
            donor = Donor(email="annie@example.org", page=page, page_name=name, team=of_team)
            judged = scope.decide(donor)

            assert judged.verdict is naive(scope, donor), (scope, donor)
            assert (judged.reason is None) == (judged.verdict is ScopeVerdict.IN)
            if judged.reason is not None:
                assert judged.reason.text


@pytest.mark.parametrize(
    ("scope", "donor", "code", "says"),
    [
        (Scope(ScopeKind.EXCEPT, ("gala",)), {"page": "gala"}, ReasonCode.PAGE_EXCLUDED, "“gala”"),
        (Scope(ScopeKind.EXCEPT, ("gala",)), {"page": "gala", "page_name": "Ball"}, ReasonCode.PAGE_EXCLUDED, "“Ball”"),
        (Scope(ScopeKind.ONLY, ("gala",)), {"page": "walk"}, ReasonCode.PAGE_NOT_CHOSEN, "“walk”"),
        (Scope(ScopeKind.ONLY, ("gala",)), {}, ReasonCode.PAGE_UNKNOWN, "doesn't name an action page"),
        (Scope(ScopeKind.EXCEPT, ("gala",)), {}, ReasonCode.PAGE_UNKNOWN, "doesn't name an action page"),
        (Scope(team=Team("North")), {"page": "gala"}, ReasonCode.TEAM_UNKNOWN, "“North”"),
        (Scope(team=Team("North", ("gala",))), {}, ReasonCode.TEAM_UNKNOWN, "“North”"),
        (Scope(team=Team("North")), {"team": "South"}, ReasonCode.OTHER_TEAM, "“South”"),
        (Scope(team=Team("North", ("gala",))), {"page": "walk"}, ReasonCode.PAGE_NOT_IN_TEAM, "“walk”"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_reported_with_the_page_or_team_named(
    scope: Scope, donor: dict[str, str], code: ReasonCode, says: str
) -> None:
    judged = scope.decide(Donor(email="annie@example.org", **donor))

    assert judged.reason is not None
    assert judged.reason.code is code
    assert says in judged.reason.text


def test_a_donor_of_another_team_is_skipped_with_both_teams() -> None:
    other = Scope(team=Team("North")).decide(Donor(email="annie@example.org", team="South")).reason
    outside = Scope(team=Team("North", ("gala",))).decide(Donor(email="annie@example.org", page="walk")).reason

    assert other is not None
    assert other.values == {"team": "North", "other": "South"}
    assert outside is not None
    assert outside.values == {"page": "walk", "team": "North"}


def test_all_pages_is_the_default_and_needs_none() -> None:
    assert Scope().decide(Donor(email="annie@example.org")).verdict is ScopeVerdict.IN
    assert not Scope().needs_page
    assert Scope(ScopeKind.EXCEPT).needs_page
    assert Scope(team=Team("North")).needs_page


def test_a_page_is_known_by_its_id_its_name_and_its_address() -> None:
    scope = Scope(ScopeKind.ONLY, ("https://secure.anedot.com/example/spring-gala",))

    for page in ("spring-gala", "Spring-Gala", "https://secure.anedot.com/example/SPRING-GALA/?x=1"):
        assert scope.decide(Donor(email="annie@example.org", page=page)).verdict is ScopeVerdict.IN
        assert scope.decide(Donor(email="annie@example.org", page_name=page)).verdict is ScopeVerdict.IN


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", ()),
        (" , ;\n", ()),
        ("spring", ("spring",)),
        ("spring, gala", ("spring", "gala")),
        ("spring;gala\r\nwalk", ("spring", "gala", "walk")),
        ("Spring Gala, Walk", ("Spring Gala", "Walk")),
        ("spring, SPRING , spring", ("spring",)),
        (f"{UUID_ONE} {UUID_TWO}", (UUID_ONE, UUID_TWO)),
        (f"{UUID_ONE}\t{UUID_TWO}, gala", (UUID_ONE, UUID_TWO, "gala")),
        (f"{UUID_ONE} gala", (f"{UUID_ONE} gala",)),
        ('"spring", <gala>', ("spring", "gala")),
        ("https://secure.anedot.com/example/spring", ("spring",)),
        ("https://secure.anedot.com/example/spring%20gala/?a=b", ("spring gala",)),
        ("secure.anedot.com/example/spring", ("spring",)),
        ("https://secure.anedot.com/example/galaX", ("galaX",)),
        ("https://secure.anedot.com", ("https://secure.anedot.com",)),
        ("https://[broken/spring", ("https://[broken/spring",)),
    ],
)
def test_pages_are_read_however_they_are_parted(text: str, pages: tuple[str, ...]) -> None:
    assert parse_pages(text) == pages


@given(st.text(max_size=60) | st.from_regex(r"[a-zA-Z0-9 ,;:/%\[\]-]{0,40}", fullmatch=True))
def test_reading_pages_never_fails_and_names_each_once(text: str) -> None:
    pages = parse_pages(text)

    assert all(page.strip() == page != "" or page.isspace() or "%" in text for page in pages)
    assert len({page.casefold() for page in pages}) == len(pages)


@given(st.lists(st.from_regex(r"[a-zA-Z0-9-]{1,12}", fullmatch=True), max_size=6))
def test_pages_that_were_read_are_recognised_whatever_their_case(names: list[str]) -> None:
    scope = Scope(ScopeKind.ONLY, parse_pages(", ".join(names)))

    assert {page_key(page) for page in scope.pages} == {name.casefold() for name in names}
    for name in names:
        assert scope.decide(Donor(email="annie@example.org", page=name.swapcase())).verdict is ScopeVerdict.IN
