"""The scope of a connection: which donors it relays, by action page and by team (rule 12)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import unquote, urlsplit

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason, ReasonCode, reason


class ScopeKind(StrEnum):
    """Whether all pages are in scope, only the named ones, or all but the named ones."""

    ALL = "all"
    ONLY = "only"
    EXCEPT = "except"


class ScopeVerdict(StrEnum):
    """Whether a donor is in scope; *unknown* needs a person's decision."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Team:
    """A named set of action pages, maintained by the user: no export contains Anedot's teams."""

    name: str
    pages: tuple[str, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """The pages' keys for comparison."""
        return frozenset(page_key(page) for page in self.pages)


@dataclass(frozen=True)
class ScopeDecision:
    """A verdict, with the reason where it is not *in*."""

    verdict: ScopeVerdict
    reason: Reason | None = None


IN_SCOPE = ScopeDecision(ScopeVerdict.IN)


@dataclass(frozen=True)
class Scope:
    """The action pages and the team whose donors a connection relays; the default is all pages."""

    kind: ScopeKind = ScopeKind.ALL
    pages: tuple[str, ...] = ()
    team: Team | None = None

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(page_key(page) for page in self.pages)

    @property
    def needs_page(self) -> bool:
        """Whether a donor without a page cannot be decided on."""
        return self.kind is not ScopeKind.ALL or self.team is not None

    def decide(self, donor: Donor) -> ScopeDecision:
        """Return whether the donor is in scope; pages are compared without case, by ID or by name."""
        if not self.needs_page:
            return IN_SCOPE
        by_page = self._decide_by_page(donor)
        if by_page.verdict is ScopeVerdict.OUT or self.team is None:
            return by_page
        by_team = _decide_by_team(self.team, donor)
        return by_page if by_team.verdict is ScopeVerdict.IN else by_team

    def _decide_by_page(self, donor: Donor) -> ScopeDecision:
        if self.kind is ScopeKind.ALL:
            return IN_SCOPE
        if not (donor.page or donor.page_name):
            return ScopeDecision(ScopeVerdict.UNKNOWN, reason(ReasonCode.PAGE_UNKNOWN))
        named = _names(donor, self._known)
        if named == (self.kind is ScopeKind.ONLY):
            return IN_SCOPE
        code = ReasonCode.PAGE_EXCLUDED if named else ReasonCode.PAGE_NOT_CHOSEN
        return ScopeDecision(ScopeVerdict.OUT, reason(code, page=donor.page_name or donor.page))


def _names(donor: Donor, known: frozenset[str]) -> bool:
    return any(page and page_key(page) in known for page in (donor.page, donor.page_name))


def _decide_by_team(team: Team, donor: Donor) -> ScopeDecision:
    if donor.team:
        if donor.team.casefold() == team.name.casefold():
            return IN_SCOPE
        return ScopeDecision(ScopeVerdict.OUT, reason(ReasonCode.OTHER_TEAM, team=team.name, other=donor.team))
    if not team.pages or not (donor.page or donor.page_name):
        return ScopeDecision(ScopeVerdict.UNKNOWN, reason(ReasonCode.TEAM_UNKNOWN, team=team.name))
    if _names(donor, team.known):
        return IN_SCOPE
    return ScopeDecision(
        ScopeVerdict.OUT, reason(ReasonCode.PAGE_NOT_IN_TEAM, page=donor.page_name or donor.page, team=team.name)
    )


_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_UUIDS = re.compile(rf"^{_UUID}(?:\s+{_UUID})+$")


def page_key(page: str) -> str:
    """Return a page's key for comparison: the last part of a page URL, without case."""
    return _page_id(page).casefold()


def parse_pages(text: str) -> tuple[str, ...]:
    """Return the page IDs separated by commas, semicolons or line breaks; of a page URL, its last part."""
    pages: dict[str, str] = {}
    for part in re.split(r"[,;\r\n]+", text):
        chunk = part.strip()
        for entry in chunk.split() if _UUIDS.match(chunk) else [chunk]:
            page = _page_id(entry)
            if page:
                pages.setdefault(page.casefold(), page)
    return tuple(pages.values())


def _page_id(entry: str) -> str:
    entry = entry.strip().strip("\"'<>").strip()
    if entry.startswith("/"):
        entry = f"https://secure.anedot.com{entry}"
    if "://" not in entry and not entry.lower().startswith("secure.anedot.com/"):
        return entry
    try:
        path = urlsplit(entry if "://" in entry else f"https://{entry}").path
    except ValueError:
        return entry
    return unquote(path.rstrip("/").rpartition("/")[2]) or entry
