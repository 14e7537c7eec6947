"""Every page of the wizard, and every dialog about connections."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.model.address import parse_address
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.relay.account_check import AccountList, CheckError, CheckStep
from ac_desktop.ui.connection.delete_dialog import DeleteDialog
from ac_desktop.ui.connection.directory_dialog import DirectoryDialog, open_directory
from ac_desktop.ui.connection.settings.added_page import AddedPage
from ac_desktop.ui.connection.settings.change_question import ChangeQuestion
from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import ConnectionSettingsDialog, open_settings
from ac_desktop.ui.connection.test_dialog import open_reactivate, open_test
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.answers import WizardPageId
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard, run_wizard
from tests.harness import donors
from tests.ui.connection.support import KEY, AtOnce, DeferredRunner, FakeCheck, Preview, UiHarness
from tests.ui.scenes.stage import Scene, close_for_good, rest

LISTS = tuple(
    AccountList(str(number), name, subscribers)
    for number, name, subscribers in (
        (1, "Newsletter", 18_204),
        (3, "Volunteers", 611),
        (7, "Legacy circle", 96),
        (12, "Monthly givers", 1_030),
        (19, "Spring friends", 4_312),
        (23, "Spring Gala guests and everybody who bought a table in the last three years", 240),
        (31, "Press", None),
    )
)
REFUSED = CheckError(CheckStep.KEY, reason(ReasonCode.KEY_REFUSED))
HIDDEN = CheckError(CheckStep.LIST, reason(ReasonCode.LIST_UNKNOWN, list="77"))


@contextmanager
def _closing(window: QWidget) -> Iterator[QWidget]:
    rest()
    try:
        yield window
    finally:
        close_for_good(window)


def _wizard(ui: UiHarness, check: FakeCheck | None = None) -> ConnectionWizard:
    return run_wizard(None, ui.with_check(check or FakeCheck(lists_say=LISTS)), AtOnce(), ui.on_saved)


def _filled(ui: UiHarness, check: FakeCheck | None = None) -> ConnectionWizard:
    wizard = _wizard(ui, check)
    page = wizard.pages[WizardPageId.ACCOUNT]
    assert isinstance(page, AccountPage)
    page.address.setText("http://MyOrg.api-us1.com/app/settings/developer")
    page.key.line.setText(KEY)
    page.check_account()
    return wizard


@contextmanager
def _account_empty(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(_wizard(ui)) as window:
        yield window


@contextmanager
def _account_good(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(_filled(ui)) as window:
        yield window


@contextmanager
def _account_refused(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(_filled(ui, FakeCheck(owner_says=REFUSED))) as window:
        yield window


@contextmanager
def _account_unknown(ui: UiHarness) -> Iterator[QWidget]:
    wizard = _wizard(ui)
    page = wizard.pages[WizardPageId.ACCOUNT]
    assert isinstance(page, AccountPage)
    page.address.setText("myorg.api-us1.com.example.net")
    page.key.line.setText(KEY)
    with _closing(wizard) as window:
        yield window


def _settings(
    ui: UiHarness, connection_id: int, page: ConnectionPageId, added: Sequence[AddedPage] = ()
) -> ConnectionSettingsDialog:
    service = ui.with_check(FakeCheck(lists_say=LISTS))
    dialog = open_settings(None, service, AtOnce(), ui.on_saved, connection_id, page, added=added)
    assert dialog is not None
    return dialog


@contextmanager
def _account_no_key(ui: UiHarness) -> Iterator[QWidget]:
    kept = ui.connection("Spring Appeal")
    ui.services.keys.delete(ui.services.connections.key_name(kept.id))
    with _closing(_settings(ui, kept.id, ConnectionPageId.ACCOUNT)) as window:
        yield window


@contextmanager
def _settings_page(ui: UiHarness, page: ConnectionPageId) -> Iterator[QWidget]:
    scope = Scope(ScopeKind.EXCEPT, ("1042", "give-now"), Team("North office", ("north-gala", "north-walk")))
    kept = ui.connection("Spring Appeal", scope=scope, list_name="Spring friends")
    with _closing(_settings(ui, kept.id, page)) as window:
        yield window


@contextmanager
def _list_chosen(ui: UiHarness) -> Iterator[QWidget]:
    wizard = _filled(ui)
    wizard.next()
    page = wizard.pages[WizardPageId.LIST]
    assert isinstance(page, ListPage)
    page.number.setText("https://myorg.activehosted.com/app/contacts/?listid=19&status=1")
    with _closing(wizard) as window:
        yield window


@contextmanager
def _list_hidden(ui: UiHarness) -> Iterator[QWidget]:
    wizard = _filled(ui, FakeCheck(lists_say=LISTS, hidden={"77": HIDDEN}))
    wizard.next()
    page = wizard.pages[WizardPageId.LIST]
    assert isinstance(page, ListPage)
    page.filter.setText("don")
    page.number.setText("77")
    page.check_account()
    with _closing(wizard) as window:
        yield window


@contextmanager
def _list_none(ui: UiHarness) -> Iterator[QWidget]:
    wizard = _filled(ui, FakeCheck(lists_say=()))
    wizard.next()
    with _closing(wizard) as window:
        yield window


def _at(ui: UiHarness, page: WizardPageId) -> ConnectionWizard:
    wizard = _filled(ui)
    wizard.state.set_answers(
        replace(
            wizard.state.answers,
            list_id="19",
            scope_kind=ScopeKind.EXCEPT,
            pages="1042, https://secure.anedot.com/myorg/give-now",
            has_team=True,
            team_name="North office",
            team_pages="north-gala, north-walk",
        )
    )
    for _ in range(page):
        wizard.next()
    return wizard


@contextmanager
def _pages(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(_at(ui, WizardPageId.PAGES)) as window:
        yield window


@contextmanager
def _team(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(_at(ui, WizardPageId.TEAM)) as window:
        yield window


@contextmanager
def _summary(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(_at(ui, WizardPageId.SUMMARY)) as window:
        yield window


@contextmanager
def _settings_question(ui: UiHarness) -> Iterator[QWidget]:
    kept = ui.connection("Spring Appeal", scope=Scope(ScopeKind.ONLY, ("1042",), Team("North office", ("1042",))))
    ui.preview = Preview(becoming_skipped=41, coming_back=12, waiting=214, other_account_or_list=True)
    dialog = _settings(ui, kept.id, ConnectionPageId.LIST)
    dialog.state.set_answers(replace(dialog.state.answers, list_id="12", scope_kind=ScopeKind.EXCEPT))
    dialog.save.click()
    with _closing(dialog):
        yield dialog.findChildren(ChangeQuestion)[0]


@contextmanager
def _leaving(ui: UiHarness) -> Iterator[QWidget]:
    wizard = _filled(ui)
    wizard.reject()
    box = next(child for child in wizard.children() if isinstance(child, QWidget) and child.isWindow())
    with _closing(wizard):
        yield box


def _directory(ui: UiHarness) -> DirectoryDialog:
    spring = ui.connection("Spring Appeal")
    ui.connection("Gala", list_id="23", list_name="Spring Gala guests")
    quiet = ui.connection("Volunteers", address=parse_address("northoffice.activehosted.com"), list_id="3")
    ui.services.connections.pause(quiet.id, ui.services.clock.now())
    ui.harness.queue(spring, donors(214))
    with ui.services.database.writing() as sql:
        sql.execute("UPDATE connection SET relayed_at = ? WHERE id = ?", (ui.services.clock.now() - 600, spring.id))
        sql.execute("UPDATE connection SET state = 'inactive', streak = 5 WHERE name = 'Gala'")
    return open_directory(None, ui.with_check(FakeCheck(lists_say=LISTS)), AtOnce())


@contextmanager
def _directory_full(ui: UiHarness) -> Iterator[QWidget]:
    dialog = _directory(ui)
    dialog.panel.select(ui.services.connections.all()[1].id)
    with _closing(dialog) as window:
        yield window


@contextmanager
def _directory_empty(ui: UiHarness) -> Iterator[QWidget]:
    with _closing(open_directory(None, ui.with_check(FakeCheck()), AtOnce())) as window:
        yield window


@contextmanager
def _deleting(ui: UiHarness) -> Iterator[QWidget]:
    dialog = _directory(ui)
    kept = next(one for one in ui.connection_service.directory() if one.counts.rows)
    delete = DeleteDialog(kept, dialog)
    delete.show()
    with _closing(dialog):
        yield delete


def _inactive(ui: UiHarness) -> int:
    kept = ui.connection("Spring Appeal")
    ui.harness.queue(kept, donors(214))
    with ui.services.database.writing() as sql:
        sql.execute("UPDATE connection SET state = 'inactive', streak = 5")
    return kept.id


@contextmanager
def _reactivate(ui: UiHarness, check: FakeCheck, *, press: bool = False) -> Iterator[QWidget]:
    number = _inactive(ui)
    dialog = open_reactivate(None, ui.with_check(check), AtOnce(), number, ui.on_saved)
    assert dialog is not None
    if press:
        dialog.reactivate.click()  # type: ignore[attr-defined]
    with _closing(dialog) as window:
        yield window


@contextmanager
def _testing(ui: UiHarness) -> Iterator[QWidget]:
    runner = DeferredRunner()
    dialog = open_test(None, ui.with_check(FakeCheck(lists_say=LISTS)), runner, _inactive(ui), ui.on_saved)
    assert dialog is not None
    runner.go()
    with _closing(dialog) as window:
        yield window


SCENES: Final[Mapping[str, Scene]] = {
    "account-empty": _account_empty,
    "account-good": _account_good,
    "account-refused": _account_refused,
    "account-unknown-host": _account_unknown,
    "account-no-key": _account_no_key,
    "list-chosen": _list_chosen,
    "list-hidden": _list_hidden,
    "list-none": _list_none,
    "pages": _pages,
    "team": _team,
    "summary": _summary,
    **{
        f"settings-{page.name.lower().replace('_', '-')}": partial(_settings_page, page=page)
        for page in ConnectionPageId
    },
    "settings-question": _settings_question,
    "leaving": _leaving,
    "directory": _directory_full,
    "directory-empty": _directory_empty,
    "delete": _deleting,
    "test": _testing,
    "reactivate-passed": lambda ui: _reactivate(ui, FakeCheck(lists_say=LISTS)),
    "reactivate-done": lambda ui: _reactivate(ui, FakeCheck(lists_say=LISTS), press=True),
    "reactivate-refused": lambda ui: _reactivate(ui, FakeCheck(owner_says=REFUSED)),
    "reactivate-list": lambda ui: _reactivate(ui, FakeCheck(lists_say=LISTS, hidden={"19": HIDDEN})),
}
