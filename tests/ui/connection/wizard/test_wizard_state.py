"""The engine walks every path without a window."""

import logging
import subprocess
import sys
from dataclasses import replace

import pytest

from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import CircuitState, Connection, ConnectionSettings
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.relay.account_check import AccountList, KeyOwner
from ac_desktop.ui.connection.wizard.answers import Prefill, SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.summary import summary
from ac_desktop.ui.connection.wizard.wizard_state import WizardState

KEY = "marker-key-0123456789abcdef9f3c"
ANN = KeyOwner("Ann", "Lee", "ann@example.org", "ann")
LISTS = (AccountList("19", "Donors", 4312), AccountList("7", "Major donors", None))


def kept(**changes: object) -> Connection:
    values: dict[str, object] = {
        "name": "Spring",
        "address": parse_address("myorg.api-us1.com"),
        "list_id": "19",
        "list_name": "Donors",
    }
    return Connection(id=4, settings=ConnectionSettings(**(values | changes)), circuit=CircuitState())  # type: ignore[arg-type]


def enter(engine: WizardState, **changes: object) -> None:
    engine.set_answers(replace(engine.answers, **changes))  # type: ignore[arg-type]


def check_account(engine: WizardState, *lists: AccountList) -> None:
    credentials = engine.credentials(typing=False)
    assert credentials is not None
    assert engine.set_owner(credentials, ANN)
    assert engine.set_lists(credentials, lists or LISTS)


def parts(engine: WizardState, page: WizardPageId) -> list[SettingsPart]:
    return [problem.part for problem in engine.problems(page)]


def test_it_needs_no_qt() -> None:
    code = "import sys, ac_desktop.ui.connection.wizard.wizard_state; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_new_connection_from_the_first_page_to_the_settings() -> None:
    engine = WizardState(names=["Donors"])
    assert not engine.is_touched
    assert engine.next() is None
    assert parts(engine, WizardPageId.ACCOUNT) == [SettingsPart.ADDRESS, SettingsPart.KEY]
    enter(engine, address=" MyOrg.api-us1.com/api/3/ ", key=f' "{KEY}" ')
    assert engine.is_touched
    assert engine.next() is None, "whose key it is has not been told yet"
    check_account(engine)
    assert engine.owner_text() == "Ann Lee, ann@example.org, myorg.api-us1.com"
    assert engine.next() is WizardPageId.LIST
    assert parts(engine, WizardPageId.LIST) == [SettingsPart.LIST]
    enter(engine, list_id="https://myorg.activehosted.com/app/contacts/?listid=19&status=1")
    assert engine.next() is WizardPageId.PAGES
    enter(engine, scope_kind=ScopeKind.EXCEPT)
    assert engine.next() is None
    assert parts(engine, WizardPageId.PAGES) == [SettingsPart.PAGES]
    enter(engine, pages="1042 ,https://secure.anedot.com/myorg/give-now,  1042")
    assert engine.next() is WizardPageId.TEAM
    enter(engine, has_team=True, team_pages="north")
    assert parts(engine, WizardPageId.TEAM) == [SettingsPart.TEAM_NAME]
    enter(engine, team_name=" North office ")
    assert engine.next() is WizardPageId.SUMMARY
    assert engine.next() is None
    assert engine.settings() == ConnectionSettings(
        name="Donors (2)",
        address=parse_address("myorg.api-us1.com"),
        list_id="19",
        list_name="Donors",
        scope=Scope(ScopeKind.EXCEPT, ("1042", "give-now"), Team("North office", ("north",))),
        pace=4,
    )
    assert engine.typed_key() == KEY
    assert not engine.changes_queue()
    assert [line.text for line in summary(engine)] == [
        "Ann Lee, ann@example.org, myorg.api-us1.com",
        "Donors, ID 19",
        "All pages except 1042, give-now",
        "North office",
    ]
    assert not any(line.changed for line in summary(engine))


def test_back_loses_nothing() -> None:
    engine = WizardState()
    enter(engine, address="myorg.api-us1.com", key=KEY)
    check_account(engine)
    engine.next()
    enter(engine, list_id="7")
    engine.next()
    enter(engine, scope_kind=ScopeKind.ONLY, pages="1042")
    assert engine.back() is WizardPageId.LIST
    assert engine.back() is WizardPageId.ACCOUNT
    assert engine.back() is WizardPageId.ACCOUNT
    assert engine.answers.pages == "1042"
    assert engine.answers.list_id == "7"
    assert engine.next() is WizardPageId.LIST
    assert engine.next() is WizardPageId.PAGES
    assert engine.next() is WizardPageId.TEAM
    assert [step.page for step in engine.path] == [
        WizardPageId.ACCOUNT,
        WizardPageId.LIST,
        WizardPageId.PAGES,
        WizardPageId.TEAM,
    ]
    engine.record_page(WizardPageId.LIST)
    assert engine.page is WizardPageId.LIST


@pytest.mark.parametrize(
    "address",
    ["https://u:p@myorg.api-us1.com", "me@myorg.api-us1.com", "myorg", "ftp://myorg.api-us1.com", "192.168.0.7", ""],
)
def test_what_is_no_address_is_refused_with_a_sentence(address: str) -> None:
    engine = WizardState()
    enter(engine, address=address, key=KEY)
    (problem,) = engine.problems(WizardPageId.ACCOUNT)
    assert problem.part is SettingsPart.ADDRESS
    assert problem.text.endswith(".")
    assert engine.credentials(typing=False) is None


def test_a_key_goes_to_an_unknown_host_only_once_it_is_confirmed() -> None:
    engine = WizardState()
    enter(engine, address="crm.example.org", key=KEY)
    assert engine.needs_confirmation
    assert engine.credentials(typing=False) is None
    assert parts(engine, WizardPageId.ACCOUNT) == [SettingsPart.HOST]
    enter(engine, confirmed_host="crm.example.org")
    assert engine.credentials(typing=False) is not None
    enter(engine, address="crm.example.net")
    assert engine.credentials(typing=False) is None, "another host needs a confirmation of its own"


def test_a_key_still_being_typed_is_not_tried() -> None:
    engine = WizardState()
    enter(engine, address="myorg.api-us1.com", key="abc")
    assert engine.credentials(typing=True) is None
    assert engine.credentials(typing=False) is not None
    enter(engine, key="abcdefgh")
    assert engine.credentials(typing=True) is not None
    enter(engine, key="two words")
    assert engine.credentials(typing=False) is None
    assert parts(engine, WizardPageId.ACCOUNT) == [SettingsPart.KEY]


def test_a_stale_answer_is_ignored() -> None:
    engine = WizardState()
    enter(engine, address="myorg.api-us1.com", key=KEY)
    asked = engine.credentials(typing=False)
    assert asked is not None
    enter(engine, address="other.api-us1.com")
    assert not engine.set_owner(asked, ANN)
    assert not engine.set_lists(asked, LISTS)
    assert engine.proof is None
    enter(engine, address="HTTPS://myorg.api-us1.com/")
    assert engine.set_owner(asked, ANN), "the same account, only spelt in another way"
    enter(engine, key="another-key")
    assert engine.proof is None


def test_a_list_the_account_does_not_name_must_be_asked_for() -> None:
    engine = WizardState()
    enter(engine, address="myorg.api-us1.com", key=KEY, list_id="77")
    check_account(engine)
    assert engine.needs_check(WizardPageId.LIST)
    credentials = engine.credentials(typing=False)
    assert credentials is not None
    engine.add_list(credentials, AccountList("77", "Hidden", None))
    assert not engine.needs_check(WizardPageId.LIST)
    enter(engine, key="another-key")
    assert engine.needs_check(WizardPageId.LIST), "another key's owner may not see it"


def test_a_list_number_that_is_none() -> None:
    engine = WizardState()
    enter(engine, list_id="19a")
    assert parts(engine, WizardPageId.LIST) == [SettingsPart.LIST]


def test_changing_one_page_goes_straight_to_the_summary() -> None:
    engine = WizardState(kept=kept(), start=WizardPageId.PAGES, names=["Spring"])
    assert engine.page is WizardPageId.PAGES
    enter(engine, scope_kind=ScopeKind.ONLY, pages="1042")
    assert engine.next() is WizardPageId.SUMMARY
    assert engine.changes_queue()
    assert [line.changed for line in summary(engine)] == [False, False, True, False]
    assert engine.typed_key() == ""
    assert engine.settings().name == "Spring"
    assert not engine.problems(WizardPageId.SUMMARY), "its own name is not taken"


def test_a_new_key_keeps_a_list_its_owner_sees_and_asks_for_one_it_does_not() -> None:
    engine = WizardState(kept=kept(), start=WizardPageId.ACCOUNT)
    enter(engine, key=KEY)
    check_account(engine)
    assert engine.next_page(WizardPageId.ACCOUNT) is WizardPageId.SUMMARY
    engine = WizardState(kept=kept(), start=WizardPageId.ACCOUNT)
    enter(engine, key=KEY)
    check_account(engine, AccountList("7", "Major donors", None))
    assert engine.next_page(WizardPageId.ACCOUNT) is WizardPageId.LIST


def test_the_kept_key_is_never_tried_at_another_account() -> None:
    engine = WizardState(kept=kept(), start=WizardPageId.ACCOUNT)
    credentials = engine.credentials(typing=True)
    assert credentials is not None
    assert credentials.key == ""
    enter(engine, address="other.api-us1.com")
    assert engine.credentials(typing=False) is None
    (problem,) = engine.problems(WizardPageId.ACCOUNT)
    assert problem.part is SettingsPart.KEY
    assert "a different account" in problem.text


def test_a_duplicate_takes_everything_but_the_name() -> None:
    settings = replace(
        kept().settings,
        pace=2,
        consent_guard=False,
        phone_style=PhoneStyle.E164,
        keep_fields=frozenset({ContactField.PHONE, ContactField.LAST_NAME}),
    )
    engine = WizardState(
        prefill=Prefill(settings, key_from=4), names=["Spring", "Donors"], pace_of=lambda _host, _default: 2
    )
    check_account(engine)
    for _ in range(WizardPageId.SUMMARY):
        assert engine.next() is not None
    assert engine.settings() == replace(settings, name="Donors (2)")
    assert engine.connection_id is None
    assert engine.key_from == 4
    assert not engine.is_touched


def test_an_edit_leaves_what_is_not_overwritten_as_it_was() -> None:
    before = kept()
    kept_fields = frozenset({ContactField.FIRST_NAME})
    engine = WizardState(kept=replace(before, settings=replace(before.settings, keep_fields=kept_fields)))
    check_account(engine)
    enter(engine, name="Renamed")
    assert engine.settings().keep_fields == kept_fields


def test_names_are_compared_without_case() -> None:
    engine = WizardState(names=["Spring Appeal"])
    enter(engine, name="spring appeal")
    assert parts(engine, WizardPageId.SUMMARY) == [SettingsPart.NAME]
    enter(engine, name="  ")
    assert parts(engine, WizardPageId.SUMMARY) == [SettingsPart.NAME]


def test_the_log_and_the_representation_tell_nothing_that_was_typed(caplog: pytest.LogCaptureFixture) -> None:
    engine = WizardState()
    enter(engine, address="myorg.api-us1.com", key=KEY, pages="secret-page", team_name="secret-team")
    check_account(engine)
    with caplog.at_level(logging.DEBUG):
        engine.next()
    reported = caplog.text + repr(engine.answers) + repr(engine.proof) + repr(engine.path)
    assert KEY not in reported
    assert "LIST" in caplog.text
    assert "secret" not in caplog.text
    assert "myorg" not in caplog.text


def test_forgetting_the_key() -> None:
    engine = WizardState()
    enter(engine, address="myorg.api-us1.com", key=KEY)
    check_account(engine)
    engine.next()
    engine.forget_key()
    assert engine.answers.key == ""
    assert all(step.answers.key == "" for step in engine.path)
    assert engine.proof is None
