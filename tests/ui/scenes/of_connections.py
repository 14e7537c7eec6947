"""Every page of the wizard, and every dialog about connections."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.model.address import parse_address
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.relay.account_check import AccountList, CheckError, CheckStep
from ac_desktop.ui.connection.delete_dialog import DeleteDialog
from ac_desktop.ui.connection.directory_dialog import DirectoryDialog, open_directory
from ac_desktop.ui.connection.test_dialog import open_reactivate, open_test
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.answers import WizardPageId
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard, run_wizard
from tests.harness import donors
from tests.ui.connection.support import KEY, AtOnce, FakeCheck, Later, Office, Preview
from tests.ui.scenes.stage import Scene, be_gone, rest

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
        be_gone(window)


def _wizard(place: Office, check: FakeCheck | None = None) -> ConnectionWizard:
    return run_wizard(None, place.with_check(check or FakeCheck(lists_say=LISTS)), AtOnce(), place.on_saved)


def _filled(place: Office, check: FakeCheck | None = None) -> ConnectionWizard:
    wizard = _wizard(place, check)
    page = wizard.pages[WizardPageId.ACCOUNT]
    assert isinstance(page, AccountPage)
    page.address.setText("http://MyOrg.api-us1.com/app/settings/developer")
    page.key.line.setText(KEY)
    page.prove()
    return wizard


@contextmanager
def _account_empty(place: Office) -> Iterator[QWidget]:
    with _closing(_wizard(place)) as window:
        yield window


@contextmanager
def _account_good(place: Office) -> Iterator[QWidget]:
    with _closing(_filled(place)) as window:
        yield window


@contextmanager
def _account_refused(place: Office) -> Iterator[QWidget]:
    with _closing(_filled(place, FakeCheck(owner_says=REFUSED))) as window:
        yield window


@contextmanager
def _account_unknown(place: Office) -> Iterator[QWidget]:
    wizard = _wizard(place)
    page = wizard.pages[WizardPageId.ACCOUNT]
    assert isinstance(page, AccountPage)
    page.address.setText("myorg.api-us1.com.example.net")
    page.key.line.setText(KEY)
    with _closing(wizard) as window:
        yield window


@contextmanager
def _account_no_key(place: Office) -> Iterator[QWidget]:
    kept = place.connection("Spring Appeal")
    place.services.keys.delete(place.services.connections.key_name(kept.id))
    desk = place.with_check(FakeCheck(lists_say=LISTS))
    number, first = kept.id, WizardPageId.ACCOUNT
    wizard = run_wizard(None, desk, AtOnce(), place.on_saved, connection_id=number, start_page=first)
    with _closing(wizard) as window:
        yield window


@contextmanager
def _list_chosen(place: Office) -> Iterator[QWidget]:
    wizard = _filled(place)
    wizard.next()
    page = wizard.pages[WizardPageId.LIST]
    assert isinstance(page, ListPage)
    page.number.setText("https://myorg.activehosted.com/app/contacts/?listid=19&status=1")
    with _closing(wizard) as window:
        yield window


@contextmanager
def _list_hidden(place: Office) -> Iterator[QWidget]:
    wizard = _filled(place, FakeCheck(lists_say=LISTS, hidden={"77": HIDDEN}))
    wizard.next()
    page = wizard.pages[WizardPageId.LIST]
    assert isinstance(page, ListPage)
    page.filter.setText("don")
    page.number.setText("77")
    page.prove()
    with _closing(wizard) as window:
        yield window


@contextmanager
def _list_none(place: Office) -> Iterator[QWidget]:
    wizard = _filled(place, FakeCheck(lists_say=()))
    wizard.next()
    with _closing(wizard) as window:
        yield window


def _at(place: Office, page: WizardPageId) -> ConnectionWizard:
    wizard = _filled(place)
    wizard.engine.put(
        replace(
            wizard.engine.answers,
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
def _pages(place: Office) -> Iterator[QWidget]:
    with _closing(_at(place, WizardPageId.PAGES)) as window:
        yield window


@contextmanager
def _team(place: Office) -> Iterator[QWidget]:
    with _closing(_at(place, WizardPageId.TEAM)) as window:
        yield window


@contextmanager
def _summary(place: Office) -> Iterator[QWidget]:
    with _closing(_at(place, WizardPageId.SUMMARY)) as window:
        yield window


@contextmanager
def _summary_change(place: Office) -> Iterator[QWidget]:
    kept = place.connection("Spring Appeal", scope=Scope(ScopeKind.ONLY, ("1042",), Team("North office", ("1042",))))
    place.preview = Preview(becoming_skipped=41, coming_back=12, waiting=214, other_account_or_list=True)
    desk = place.with_check(FakeCheck(lists_say=LISTS))
    wizard = run_wizard(None, desk, AtOnce(), place.on_saved, connection_id=kept.id)
    for number in range(WizardPageId.SUMMARY):
        if number == WizardPageId.LIST:
            wizard.engine.put(replace(wizard.engine.answers, list_id="12", scope_kind=ScopeKind.EXCEPT))
        wizard.next()
    with _closing(wizard) as window:
        yield window


@contextmanager
def _leaving(place: Office) -> Iterator[QWidget]:
    wizard = _filled(place)
    wizard.reject()
    box = next(child for child in wizard.children() if isinstance(child, QWidget) and child.isWindow())
    with _closing(wizard):
        yield box


def _directory(place: Office) -> DirectoryDialog:
    spring = place.connection("Spring Appeal")
    place.connection("Gala", list_id="23", list_name="Spring Gala guests")
    quiet = place.connection("Volunteers", address=parse_address("northoffice.activehosted.com"), list_id="3")
    place.services.connections.pause(quiet.id, place.services.clock.now())
    place.room.queue(spring, donors(214))
    with place.services.database.writing() as sql:
        sql.execute("UPDATE connection SET relayed_at = ? WHERE id = ?", (place.services.clock.now() - 600, spring.id))
        sql.execute("UPDATE connection SET state = 'inactive', streak = 5 WHERE name = 'Gala'")
    return open_directory(None, place.with_check(FakeCheck(lists_say=LISTS)), AtOnce())


@contextmanager
def _directory_full(place: Office) -> Iterator[QWidget]:
    dialog = _directory(place)
    dialog.panel.select(place.services.connections.all()[1].id)
    with _closing(dialog) as window:
        yield window


@contextmanager
def _directory_empty(place: Office) -> Iterator[QWidget]:
    with _closing(open_directory(None, place.with_check(FakeCheck()), AtOnce())) as window:
        yield window


@contextmanager
def _deleting(place: Office) -> Iterator[QWidget]:
    dialog = _directory(place)
    kept = next(one for one in place.desk.directory() if one.counts.rows)
    delete = DeleteDialog(kept, dialog)
    delete.show()
    with _closing(dialog):
        yield delete


def _inactive(place: Office) -> int:
    kept = place.connection("Spring Appeal")
    place.room.queue(kept, donors(214))
    with place.services.database.writing() as sql:
        sql.execute("UPDATE connection SET state = 'inactive', streak = 5")
    return kept.id


@contextmanager
def _reactivate(place: Office, check: FakeCheck, *, press: bool = False) -> Iterator[QWidget]:
    number = _inactive(place)
    dialog = open_reactivate(None, place.with_check(check), AtOnce(), number, place.on_saved)
    assert dialog is not None
    if press:
        dialog.reactivate.click()  # type: ignore[attr-defined]
    with _closing(dialog) as window:
        yield window


@contextmanager
def _testing(place: Office) -> Iterator[QWidget]:
    runner = Later()
    dialog = open_test(None, place.with_check(FakeCheck(lists_say=LISTS)), runner, _inactive(place), place.on_saved)
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
    "summary-change": _summary_change,
    "leaving": _leaving,
    "directory": _directory_full,
    "directory-empty": _directory_empty,
    "delete": _deleting,
    "test": _testing,
    "reactivate-passed": lambda place: _reactivate(place, FakeCheck(lists_say=LISTS)),
    "reactivate-done": lambda place: _reactivate(place, FakeCheck(lists_say=LISTS), press=True),
    "reactivate-refused": lambda place: _reactivate(place, FakeCheck(owner_says=REFUSED)),
    "reactivate-list": lambda place: _reactivate(place, FakeCheck(lists_say=LISTS, hidden={"19": HIDDEN})),
}
