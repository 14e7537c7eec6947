"""What the person has to correct on each page of the wizard, the first field first; Qt-free."""

from collections.abc import Collection

from ac_desktop.model.address import AddressError, clean_key, parse_address, parse_list_id
from ac_desktop.model.scope import ScopeKind, parse_pages
from ac_desktop.model.wording import tr
from ac_desktop.ui.connection.wizard.answers import Answers, FieldProblem, SettingsPart


def account_problems(
    answers: Answers, *, is_confirmed: bool, may_use_kept_key: bool, is_other_account: bool
) -> tuple[FieldProblem, ...]:
    """Return the problems of the address and the key.

    `is_other_account`: where no key is typed and the stored one may not be used, that is because of another address.
    """
    found = []
    is_address = False
    try:
        parse_address(answers.address)
    except AddressError as error:
        text = str(error) if answers.address.strip() else _no_address()
        found.append(FieldProblem(SettingsPart.ADDRESS, text))
    else:
        is_address = True
        if not is_confirmed:
            found.append(FieldProblem(SettingsPart.HOST, tr("Confirm that this address is correct.")))
    if answers.key.strip() or not may_use_kept_key:
        try:
            clean_key(answers.key)
        except AddressError as error:
            text = str(error)
            if is_other_account and is_address and not answers.key.strip():
                text = tr("This is a different account, so it needs its own API key.")
            found.append(FieldProblem(SettingsPart.KEY, text))
    return tuple(found)


def list_problems(answers: Answers) -> tuple[FieldProblem, ...]:
    """Return the problems of the list's number."""
    if not answers.list_id.strip():
        return (FieldProblem(SettingsPart.LIST, tr("Choose a list or enter its ID.")),)
    try:
        parse_list_id(answers.list_id)
    except AddressError as error:
        return (FieldProblem(SettingsPart.LIST, str(error)),)
    return ()


def pages_problems(answers: Answers) -> tuple[FieldProblem, ...]:
    """Return the problems of the action pages."""
    kind = answers.scope_kind
    if kind is ScopeKind.ALL or parse_pages(answers.pages):
        return ()
    if kind is ScopeKind.ONLY:
        return (FieldProblem(SettingsPart.PAGES, tr("Enter at least one page, or choose all pages.")),)
    return (FieldProblem(SettingsPart.PAGES, tr("Enter at least one page to exclude, or choose all pages.")),)


def team_problems(answers: Answers) -> tuple[FieldProblem, ...]:
    """Return the problems of the team."""
    if answers.has_team and not answers.team_name.strip():
        return (FieldProblem(SettingsPart.TEAM_NAME, tr("Enter the team's name, or choose every team.")),)
    return ()


def name_problems(name: str, taken: Collection[str]) -> tuple[FieldProblem, ...]:
    """Return the problems of the connection's name; `taken` holds the names of the others in lower case."""
    if not name:
        return (FieldProblem(SettingsPart.NAME, tr("Enter a name for the connection.")),)
    if name.casefold() in taken:
        return (
            FieldProblem(
                SettingsPart.NAME, tr("A connection named “{name}” already exists. Choose another name.", name=name)
            ),
        )
    return ()


def _no_address() -> str:
    return tr("Enter the API URL from ActiveCampaign under Settings > Developer.")
