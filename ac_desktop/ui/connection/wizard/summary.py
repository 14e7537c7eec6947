"""What the last page repeats before anything is stored."""

from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.wording import tr
from ac_desktop.ui.connection.wizard.answers import SummaryLine, WizardPageId
from ac_desktop.ui.connection.wizard.wizard_state import WizardState


def summary(state: WizardState) -> tuple[SummaryLine, ...]:
    """Return the answers of each page, with which of them are changes."""
    after = state.settings()
    before = state.kept.settings if state.kept else None
    account = state.owner_text() or after.address.host
    new_account = before is not None and (before.address.base != after.address.base or bool(state.answers.key.strip()))
    return (
        SummaryLine(WizardPageId.ACCOUNT, account, new_account),
        SummaryLine(
            WizardPageId.LIST,
            tr("{name}, ID {number}", name=after.list_name, number=after.list_id)
            if after.list_name
            else tr("ID {number}", number=after.list_id),
            before is not None and before.list_id != after.list_id,
        ),
        SummaryLine(
            WizardPageId.PAGES,
            pages_text(after.scope),
            before is not None and _pages(before.scope) != _pages(after.scope),
        ),
        SummaryLine(
            WizardPageId.TEAM,
            after.scope.team.name if after.scope.team else tr("Every team"),
            before is not None and before.scope.team != after.scope.team,
        ),
    )


def pages_text(scope: Scope) -> str:
    """Return which action pages a scope includes."""
    pages = tr(", ").join(scope.pages)
    match scope.kind:
        case ScopeKind.ALL:
            return tr("All pages")
        case ScopeKind.ONLY:
            return tr("Only {pages}", pages=pages)
        case ScopeKind.EXCEPT:
            return tr("All pages except {pages}", pages=pages)


def _pages(scope: Scope) -> tuple[ScopeKind, tuple[str, ...]]:
    return scope.kind, scope.pages
