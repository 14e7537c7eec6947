"""The action pages that a connection knows, offered where a person is asked for one."""

from collections.abc import Iterable

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.scope import Scope, ScopeKind, ScopeVerdict, page_key
from ac_desktop.store.ports import Database
from ac_desktop.store.queries.listing import seen_pages


def known_pages(scope: Scope, seen: Iterable[str]) -> tuple[str, ...]:
    """Return the pages of a scope and its team, then those that donors came from, without any that is out of scope."""
    chosen = scope.pages if scope.kind is ScopeKind.ONLY else ()
    team = scope.team.pages if scope.team is not None else ()
    pages: dict[str, str] = {}
    for page in (*chosen, *team, *seen):
        if page and scope.decide(Donor(email="", page=page)).verdict is not ScopeVerdict.OUT:
            pages.setdefault(page_key(page), page)
    return tuple(pages.values())


def read_known_pages(database: Database, connection: Connection) -> tuple[str, ...]:
    """Return the pages that a connection knows; a table scan, so off the main thread."""
    return known_pages(connection.settings.scope, seen_pages(database, connection.id))
