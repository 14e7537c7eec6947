"""The set-up of a connection without a window: it holds the answers, decides the next page, checks and summarises.

Qt-free, so every path is tested without a QApplication. Answers are frozen: a page passes a changed copy, *next*
keeps a copy, *back* removes the last one from the path and loses nothing of what was typed.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ac_desktop.model.address import AccountAddress, AddressError, AddressNote, clean_key, parse_address, parse_list_id
from ac_desktop.model.connection import DEFAULT_PACE, Connection, ConnectionSettings
from ac_desktop.model.scope import Scope, ScopeKind, Team, parse_pages
from ac_desktop.ui.connection.wizard import validation
from ac_desktop.ui.connection.wizard.answers import (
    AccountProof,
    Answers,
    Credentials,
    FieldProblem,
    ListChoice,
    Prefill,
    WizardPageId,
    WizardStep,
)

if TYPE_CHECKING:
    from ac_desktop.relay.account_check import AccountList, KeyOwner

log = logging.getLogger(__name__)

PLAUSIBLE_KEY: Final = 8
"""A key shorter than this is still being typed; it is tried only when the person asks for it."""


class WizardState:
    """The state of one run of the wizard.

    `kept` is the connection being changed; with `start` the person changes that one page and goes on to the summary.
    """

    def __init__(
        self,
        *,
        kept: Connection | None = None,
        start: WizardPageId | None = None,
        prefill: Prefill | None = None,
        names: Collection[str] = (),
        teams: Sequence[Team] = (),
        pace_of: Callable[[str, int], int] = lambda _account, otherwise: otherwise,
    ) -> None:
        self.kept = kept
        self.teams = tuple(teams)
        self.direct = kept is not None and start is not None
        self.key_from = kept.id if kept else prefill.key_from if prefill else None
        self.key_is_kept: bool | None = None
        """None until it is known whether a key is kept; only the keyring can say so."""
        self.relays_automatically = False
        """Whether a person chose that the new connection relays automatically; never copied from another one."""
        self._base = kept.settings if kept else prefill.settings if prefill else None
        own_name = kept.name.casefold() if kept else None
        self._taken = {name.casefold() for name in names} - {own_name}
        self._pace_of = pace_of
        self._start_answers = Answers.of(self._base, keep_name=kept is not None) if self._base else Answers()
        self.answers = self._start_answers
        self.start = start if start is not None else WizardPageId.ACCOUNT
        self.proof: AccountProof | None = None
        self._named: tuple[tuple[Credentials, ListChoice], ...] = ()
        self.path: tuple[WizardStep, ...] = (WizardStep(self.start, self.answers),)

    # Navigation

    @property
    def page(self) -> WizardPageId:
        """The page shown."""
        return self.path[-1].page

    @property
    def connection_id(self) -> int | None:
        """The connection being changed, if it is not a new one."""
        return self.kept.id if self.kept else None

    def next_page(self, page: WizardPageId) -> WizardPageId | None:
        """Return which page follows; None after the last."""
        if page is WizardPageId.SUMMARY:
            return None
        if not self.direct:
            return WizardPageId(page + 1)
        if page is WizardPageId.ACCOUNT and self.chosen_list() is None:
            return WizardPageId.LIST
        return WizardPageId.SUMMARY

    def next(self) -> WizardPageId | None:
        """Go to the next page, keeping a copy of the answers; stays where something is to be corrected."""
        if self.problems(self.page) or self.needs_check(self.page):
            return None
        following = self.next_page(self.page)
        if following is not None:
            self.record_page(following)
        return following

    def back(self) -> WizardPageId:
        """Go back a page; what was typed stays."""
        if len(self.path) > 1:
            self.path = self.path[:-1]
        return self.page

    def record_page(self, page: WizardPageId) -> None:
        """Record that a page is shown: a new step of the path, or a return to an earlier one."""
        pages = [step.page for step in self.path]
        if page in pages:
            self.path = self.path[: pages.index(page) + 1]
        else:
            self.path = (*self.path, WizardStep(page, self.answers))
        log.debug("connection set-up: %s", self.loggable())

    # Answers

    def set_answers(self, answers: Answers) -> None:
        """Store the answers of a page; the account's answer to other credentials is no longer valid."""
        self.answers = answers
        if self.proof is not None and self.proof.credentials != self.credentials(typing=False):
            self.proof = None

    @property
    def is_touched(self) -> bool:
        """Whether the person has entered anything."""
        return self.answers != self._start_answers

    def forget_key(self) -> None:
        """Forget the key that was typed."""
        self.answers = replace(self.answers, key="")
        self._start_answers = replace(self._start_answers, key="")
        self.path = tuple(WizardStep(step.page, replace(step.answers, key="")) for step in self.path)
        self.proof = None
        self._named = ()

    def loggable(self) -> dict[str, str]:
        """Return what may be written to a log: nothing that was typed, only the progress."""
        answers = self.answers
        return {
            "page": self.page.name,
            "steps": str(len(self.path)),
            "changing": str(self.kept is not None),
            "scope": answers.scope_kind.value,
            "pages": str(len(parse_pages(answers.pages))),
            "team": str(answers.has_team),
            "proven": str(self.proof is not None),
        }

    # The account

    def address(self) -> AccountAddress | None:
        """Return the address as it will be used, if it is one."""
        try:
            return parse_address(self.answers.address)
        except AddressError:
            return None

    @property
    def needs_confirmation(self) -> bool:
        """Whether the host is none of ActiveCampaign's usual ones, so that a person must confirm it."""
        address = self.address()
        return (
            address is not None
            and AddressNote.UNKNOWN_HOST in address.notes
            and not (self._base and self._base.address.host == address.host)
        )

    @property
    def is_confirmed(self) -> bool:
        """Whether the key may be sent to this host."""
        address = self.address()
        return address is not None and (not self.needs_confirmation or self.answers.confirmed_host == address.host)

    def may_use_kept_key(self) -> bool:
        """Whether a key is stored for this very account; it is never tried at another one."""
        address = self.address()
        return (
            self.key_from is not None
            and self.key_is_kept is not False
            and self._base is not None
            and address is not None
            and address.host == self._base.address.host
        )

    def credentials(self, *, typing: bool) -> Credentials | None:
        """Return what can be tried; while the person is `typing`, only a key that appears complete."""
        address = self.address()
        if address is None or not self.is_confirmed:
            return None
        plain = replace(address, notes=())
        if not self.answers.key.strip():
            return Credentials(plain, "") if self.may_use_kept_key() else None
        try:
            key = clean_key(self.answers.key)
        except AddressError:
            return None
        return None if typing and len(key) < PLAUSIBLE_KEY else Credentials(plain, key)

    def set_owner(self, credentials: Credentials, owner: "KeyOwner") -> bool:
        """Store whose key it is; False where the answer is stale."""
        if credentials != self.credentials(typing=False):
            return False
        self.proof = AccountProof(credentials=credentials, owner=owner)
        return True

    def set_lists(self, credentials: Credentials, lists: "Sequence[AccountList]") -> bool:
        """Store the account's lists; False where the answer is stale."""
        if self.proof is None or self.proof.credentials != credentials:
            return False
        self.proof = replace(self.proof, lists=tuple(lists), are_lists_complete=True)
        return True

    def set_no_lists(self, credentials: Credentials) -> None:
        """Store that the account's lists are not available."""
        if self.proof is not None and self.proof.credentials == credentials:
            self.proof = replace(self.proof, are_lists_complete=True)

    def add_list(self, credentials: Credentials, found: "AccountList") -> None:
        """Store a list that was asked for by its number."""
        choice = ListChoice(str(found.id), found.name, found.active_subscribers)
        self._named = (*self._named, (credentials, choice))

    def owner_text(self) -> str:
        """Return whose key it is and in which account."""
        if self.proof is None:
            return ""
        owner = self.proof.owner
        name = " ".join(part for part in (owner.first_name, owner.last_name) if part) or owner.username
        parts = (name, owner.email, self.proof.credentials.address.host)
        return ", ".join(part for part in parts if part)

    # The list

    def list_id(self) -> str | None:
        """Return the list's number, if one can be read."""
        try:
            return parse_list_id(self.answers.list_id)
        except AddressError:
            return None

    def chosen_list(self) -> ListChoice | None:
        """Return the chosen list where it is known to exist and to be visible to the key's owner."""
        number, credentials = self.list_id(), self.credentials(typing=False)
        if number is None or credentials is None:
            return None
        if self.proof and self.proof.lists is not None:
            for found in self.proof.lists:
                if str(found.id) == number:
                    return ListChoice(number, found.name, found.active_subscribers)
        for asked, choice in self._named:
            if asked == credentials and choice.id == number:
                return choice
        base = self._base
        if base and not credentials.key and base.list_id == number and base.address.base == credentials.address.base:
            return ListChoice(number, base.list_name)
        return None

    # Scope, team, name and pace

    def scope(self) -> Scope:
        """Return the pages and the team chosen."""
        answers = self.answers
        team = Team(answers.team_name.strip(), parse_pages(answers.team_pages)) if answers.has_team else None
        pages = () if answers.scope_kind is ScopeKind.ALL else parse_pages(answers.pages)
        return Scope(answers.scope_kind, pages, team)

    def team_named(self, name: str) -> Team | None:
        """Return the team stored under a name; names compare without case."""
        wanted = name.strip().casefold()
        return next((team for team in self.teams if team.name.casefold() == wanted), None)

    def suggested_name(self) -> str:
        """Return a name that no other connection has: the list's, numbered where it is taken."""
        choice, address = self.chosen_list(), self.address()
        stem = (choice.name if choice else "") or (address.host if address else "")
        name, number = stem, 2
        while name.casefold() in self._taken:
            name, number = f"{stem} ({number})", number + 1
        return name

    @property
    def name(self) -> str:
        """The name the connection will have."""
        return self.suggested_name() if self.answers.name is None else self.answers.name.strip()

    @property
    def pace(self) -> int:
        """The requests a second that the account will get."""
        address = self.address()
        if self.answers.pace is not None:
            return self.answers.pace
        return self._pace_of(address.account, DEFAULT_PACE) if address else DEFAULT_PACE

    # What is still to be corrected

    def problems(self, page: WizardPageId) -> tuple[FieldProblem, ...]:
        """Return what on a page the person has to correct, the first field first."""
        match page:
            case WizardPageId.ACCOUNT:
                return validation.account_problems(
                    self.answers,
                    is_confirmed=self.is_confirmed,
                    may_use_kept_key=self.may_use_kept_key(),
                    is_other_account=self.key_from is not None and self.key_is_kept is not False,
                )
            case WizardPageId.LIST:
                return validation.list_problems(self.answers)
            case WizardPageId.PAGES:
                return validation.pages_problems(self.answers)
            case WizardPageId.TEAM:
                return validation.team_problems(self.answers)
            case WizardPageId.SUMMARY:
                return validation.name_problems(self.name, self._taken)

    def needs_check(self, page: WizardPageId) -> bool:
        """Whether a page's answers still have to be checked with the account."""
        if page is WizardPageId.ACCOUNT:
            # Whether a change of the key ends here or needs another list is known with the lists only.
            return self.proof is None or (self.direct and not self.proof.are_lists_complete)
        return page is WizardPageId.LIST and self.chosen_list() is None

    # Settings

    def settings(self) -> ConnectionSettings:
        """Return the answers as settings; every page must be free of problems."""
        address, choice = self.address(), self.chosen_list()
        if address is None or choice is None:
            raise ValueError("The address or the list is not settled yet")
        return ConnectionSettings(
            name=self.name,
            address=replace(address, notes=()),
            list_id=choice.id,
            list_name=choice.name,
            scope=self.scope(),
            pace=self.pace,
            phone_style=self.answers.phone_style,
            consent_guard=self.answers.consent_guard,
            keep_fields=self.answers.keep_fields,
        )

    def typed_key(self) -> str:
        """The key that was typed, cleaned; "" where the stored one stays."""
        return clean_key(self.answers.key) if self.answers.key.strip() else ""

    def changes_queue(self) -> bool:
        """Whether queued records would be checked again or sent elsewhere."""
        if self.kept is None:
            return False
        before, after = self.kept.settings, self.settings()
        return (before.address.base, before.list_id, before.scope) != (after.address.base, after.list_id, after.scope)
