"""What the wizard asks, page by page, and what a person answers: plain values, Qt-free."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Self

from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.scope import ScopeKind

if TYPE_CHECKING:
    from ac_desktop.relay.account_check import AccountList, KeyOwner


class WizardPageId(IntEnum):
    """The pages, in their order."""

    ACCOUNT = 0
    LIST = 1
    PAGES = 2
    TEAM = 3
    SUMMARY = 4


class SettingsPart(StrEnum):
    """What on a page a problem is shown beside."""

    ADDRESS = "address"
    HOST = "host"
    KEY = "key"
    LIST = "list"
    PAGES = "pages"
    TEAM_NAME = "team name"
    NAME = "name"


@dataclass(frozen=True)
class FieldProblem:
    """Something to correct before the next page."""

    part: SettingsPart
    text: str


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the person has entered so far, as typed.

    `key`, `name` and `pace` are empty or None while the stored key, the suggested name and the account's pace are
    used.
    """

    address: str = ""
    confirmed_host: str = ""
    key: str = field(default="", repr=False)
    list_id: str = ""
    scope_kind: ScopeKind = ScopeKind.ALL
    pages: str = ""
    has_team: bool = False
    team_name: str = ""
    team_pages: str = ""
    name: str | None = None
    pace: int | None = None
    consent_guard: bool = True
    phone_style: PhoneStyle = PhoneStyle.DIGITS
    keep_fields: frozenset[ContactField] = frozenset()

    @classmethod
    def of(cls, settings: ConnectionSettings, *, keep_name: bool) -> Self:
        """Return the answers that lead to these settings; the name and the pace stay open unless kept."""
        scope, team = settings.scope, settings.scope.team
        return cls(
            address=settings.address.web_base,
            list_id=settings.list_id,
            scope_kind=scope.kind,
            pages=", ".join(scope.pages),
            has_team=team is not None,
            team_name=team.name if team else "",
            team_pages=", ".join(team.pages) if team else "",
            name=settings.name if keep_name else None,
            pace=settings.pace if keep_name else None,
            consent_guard=settings.consent_guard,
            phone_style=settings.phone_style,
            keep_fields=settings.keep_fields,
        )


@dataclass(frozen=True)
class Credentials:
    """An address with the key to try there; an empty key means the one already stored."""

    address: AccountAddress
    key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AccountProof:
    """The account's answer to these credentials; `lists` is None while they are not known.

    `lists_told` means that no further answer about them is expected.
    """

    credentials: Credentials
    owner: "KeyOwner"
    lists: "tuple[AccountList, ...] | None" = None
    are_lists_complete: bool = False


@dataclass(frozen=True)
class ListChoice:
    """The list chosen, known to exist."""

    id: str
    name: str
    active_subscribers: int | None = None


@dataclass(frozen=True)
class Prefill:
    """Settings to start a new connection with, and the connection whose key it may copy."""

    settings: ConnectionSettings
    key_from: int | None = None


@dataclass(frozen=True)
class WizardStep:
    """A page that was reached, with the answers as they were then."""

    page: WizardPageId
    answers: Answers


@dataclass(frozen=True)
class SummaryLine:
    """One line of the summary."""

    page: WizardPageId
    text: str
    changed: bool = False
