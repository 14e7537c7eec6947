import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.language import Language
from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import ConnectionState
from ac_desktop.relay.progress import PauseReason, Progress
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.main.banner import Banner
from ac_desktop.ui.main.banner_rules import Severity, choose_banner
from ac_desktop.ui.main.header.failure_indicator import FailureIndicator
from ac_desktop.ui.main.header.relay_button import RelayAction, relay_button_state
from tests.ui.window_states import NOW, window_state

KEY = reason(ReasonCode.KEY_REFUSED)
LIST = reason(ReasonCode.LIST_UNKNOWN, list="19")
REFUSED = reason(ReasonCode.DONOR_REFUSED, detail="email invalid.")
SERVER = reason(ReasonCode.SERVER_TROUBLE, status="500")


@pytest.mark.parametrize(
    ("cause", "fix"),
    [
        (KEY, (Remedy.REPLACE_KEY,)),
        (reason(ReasonCode.KEY_MISSING), (Remedy.REPLACE_KEY,)),
        (LIST, (Remedy.CHOOSE_LIST,)),
        (reason(ReasonCode.FORBIDDEN, detail="no"), (Remedy.CHOOSE_LIST,)),
        (REFUSED, (Remedy.OPEN_DONORS,)),
        (reason(ReasonCode.WEB_PAGE), (Remedy.EDIT,)),
        (SERVER, ()),
    ],
)
def test_inactive_names_the_one_cause_and_offers_its_fix(cause: Reason, fix: tuple[Remedy, ...]) -> None:
    notice = choose_banner(window_state(ConnectionState.INACTIVE, *[cause] * 5, waiting=214))
    assert notice is not None
    assert notice.severity is Severity.INACTIVE
    assert notice.tone is Tone.PROBLEM
    assert "“Spring Appeal” has been inactive since" in notice.word
    assert "after 5 failed attempts in a row" in notice.word
    assert f"All for one reason: {cause.text}" in notice.text
    assert "214 donors" in notice.text
    assert "No donors were lost" in notice.text
    assert notice.remedies == (*dict.fromkeys((*fix, Remedy.OPEN_DONORS)), Remedy.EXPLAIN)


def test_inactive_for_several_causes_counts_each() -> None:
    notice = choose_banner(window_state(ConnectionState.INACTIVE, KEY, SERVER, KEY, LIST, KEY, waiting=1))
    assert notice is not None
    assert f"3 times: {KEY.text}" in notice.text
    assert f"1 time: {LIST.text}" in notice.text
    assert "1 donor." in notice.text
    assert notice.remedies == (Remedy.REPLACE_KEY, Remedy.CHOOSE_LIST, Remedy.EXPLAIN), "two buttons, and a link"


def test_a_cause_that_came_once_is_counted_in_the_singular_in_spanish_too(qapp: QApplication) -> None:
    translators = install_translators(qapp, Language.SPANISH)
    try:
        notice = choose_banner(window_state(ConnectionState.INACTIVE, KEY, SERVER, KEY, LIST, KEY))
        assert notice is not None
        assert f"3 veces: {KEY.text}" in notice.text
        assert f"1 vez: {LIST.text}" in notice.text
        assert formatting.left_alone(1) == "Sin cambios, porque no se aplica: 1."
        assert formatting.left_alone(2) == "Sin cambios, porque no se aplica: 2."
    finally:
        remove_translators(qapp, translators)


@pytest.mark.parametrize("streak", [1, 2])
def test_the_first_failures_show_no_banner(streak: int) -> None:
    assert choose_banner(window_state(ConnectionState.ACTIVE, *[KEY] * streak)) is None


@pytest.mark.parametrize("streak", [3, 4])
def test_three_and_four_failures_warn_in_amber(streak: int) -> None:
    notice = choose_banner(window_state(ConnectionState.ACTIVE, *[KEY] * streak))
    assert notice is not None
    assert (notice.severity, notice.tone) == (Severity.FAILURES, Tone.WARNING)
    assert notice.word == f"{streak} failures in a row"
    assert notice.remedies == (Remedy.REPLACE_KEY, Remedy.OPEN_DONORS, Remedy.EXPLAIN)


def test_the_banner_shows_the_worst() -> None:
    busy = Progress(running=True, pause_reason=PauseReason.BUSY, paused_until=NOW + 27)
    offline = Progress(running=True, pause_reason=PauseReason.OFFLINE, paused_until=NOW + 5)
    stopped = Progress(running=False, trouble="A sentence.", trouble_code=ReasonCode.KEY_MISSING)
    cases = [
        (window_state(ConnectionState.INACTIVE, *[KEY] * 5, progress=busy, practice=True), Severity.INACTIVE),
        (window_state(ConnectionState.ACTIVE, *[KEY] * 3, progress=stopped), Severity.STOPPED),
        (window_state(ConnectionState.ACTIVE, *[KEY] * 3, progress=busy), Severity.FAILURES),
        (window_state(progress=busy, practice=True), Severity.PRACTICE),
        (window_state(progress=offline, practice=True), Severity.PRACTICE),
        (window_state(ConnectionState.PAUSED, practice=True), Severity.PAUSED),
        (window_state(practice=True), Severity.PRACTICE),
    ]
    for shown, severity in cases:
        notice = choose_banner(shown)
        assert notice is not None
        assert notice.severity is severity
    assert choose_banner(window_state()) is None


def test_a_missing_key_is_reported_with_its_fix() -> None:
    missing = Progress(running=False, trouble="Falta la clave.", trouble_code=ReasonCode.KEY_MISSING)
    notice = choose_banner(window_state(progress=missing))
    assert notice is not None
    assert (notice.text, notice.remedies) == ("Falta la clave.", (Remedy.REPLACE_KEY,))


def test_a_fault_of_our_own_is_reported_as_one() -> None:
    notice = choose_banner(window_state(progress=Progress(running=False, is_own_fault=True)))
    assert notice is not None
    assert notice.text == "AC Desktop ran into an error and stopped the relay. No donors were lost."
    assert (notice.severity, notice.remedies) == (Severity.STOPPED, ())


def test_trouble_of_another_kind_is_not_taken_for_a_missing_key_by_its_words() -> None:
    text = reason(ReasonCode.KEY_MISSING).text
    notice = choose_banner(window_state(progress=Progress(running=False, trouble=text)))
    assert notice is not None
    assert (notice.text, notice.remedies) == (text, ())


def test_the_banner_shows_and_hides(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_notice(choose_banner(window_state(ConnectionState.INACTIVE, *[KEY] * 5)))
    assert not banner.isHidden()
    assert [button.text() for button in banner.buttons] == ["Replace API key…", "Show failed donors…", "Why five?"]
    with qtbot.waitSignal(banner.remedy_wanted) as wanted:
        banner.buttons[0].click()
    assert wanted.args == [Remedy.REPLACE_KEY]
    banner.show_notice(choose_banner(window_state(practice=True)))
    assert banner.buttons == ()
    banner.resize(600, 60)
    banner.grab()
    banner.show_notice(None)
    assert banner.isHidden()


def test_the_failure_indicator_lists_every_failed_attempt_with_its_cause(qtbot: QtBot) -> None:
    indicator = FailureIndicator()
    qtbot.addWidget(indicator)
    indicator.show_state(window_state())
    assert indicator.lit == 0
    assert "No failed attempts" in indicator.toolTip()
    indicator.show_state(window_state(ConnectionState.ACTIVE, KEY, SERVER))
    assert indicator.lit == 2
    assert indicator.accessibleName() == "Failures in a row: 2 of 5"
    reported = indicator.toolTip().splitlines()
    assert "donor1@example.org: ActiveCampaign rejected this API key." in reported[1]
    assert "donor2@example.org: ActiveCampaign had a server error (500)." in reported[2]
    assert "next success resets the count" in reported[3]
    indicator.show_state(window_state(ConnectionState.INACTIVE, *[KEY] * 5))
    assert indicator.lit == 5
    assert "until someone reactivates" in indicator.toolTip()


def test_the_button_reads_what_it_does() -> None:
    running = Progress(running=True)
    cases = {
        RelayAction.RELAY: (window_state(waiting=214), "Relay 214 donors"),
        RelayAction.PAUSE: (window_state(waiting=214, progress=running), "Pause"),
        RelayAction.RESUME: (window_state(ConnectionState.PAUSED, waiting=1), "Resume"),
    }
    for deed, (shown, label) in cases.items():
        face = relay_button_state(shown)
        assert (face.action, face.label) == (deed, label)
    under_way = Progress(running=False, is_interrupted=True)
    assert (
        relay_button_state(window_state(ConnectionState.PAUSED, waiting=1, progress=under_way)).label
        == "Resume relaying"
    )
    inactive = relay_button_state(window_state(ConnectionState.INACTIVE, *[KEY] * 5, waiting=3))
    assert (inactive.action, inactive.label) == (RelayAction.REACTIVATE, "Test and reactivate…")
    assert "start again with one donor" in inactive.tip
    assert not relay_button_state(window_state()).is_enabled
