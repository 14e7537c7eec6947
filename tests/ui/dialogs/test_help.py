"""Help: every topic in every language, F1 for the part that has the focus, and what the window links to."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ac_desktop.console.parser import build_parser
from ac_desktop.language import Language
from ac_desktop.platform.paths import resources_folder
from ac_desktop.ui.dialogs import help_topics
from ac_desktop.ui.dialogs.about import About, bundled
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.dialogs.help_dialog import HelpDialog, open_help
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.dialogs.tour import Tour, pages
from ac_desktop.ui.main.main_window import MainWindow
from tests.ui.conftest import HookCalls

LANGUAGES = (Language.ENGLISH, Language.SPANISH)
LINK = re.compile(r"\]\((?P<target>[^)]*)\)")


def dialog_over(window: MainWindow) -> HelpDialog:
    found = window.findChild(HelpDialog)
    assert isinstance(found, HelpDialog)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_relaying_automatically_names_commands_that_there_are(language: Language) -> None:
    text = help_topics.text(Topic.UNATTENDED, language)
    commands = re.findall(r"`ac-desktop ([^`]*)`", text)
    assert len(commands) >= 6
    for command in commands:
        build_parser().parse_args(command.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_a_page_in_every_language(topic: Topic, language: Language) -> None:
    page = help_topics.page(topic, language)
    assert page.parent.name == language.value
    assert help_topics.title(topic, language)
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        assert Topic(link["target"].removeprefix("topic:")), "pages lead to pages of ours alone"


def test_no_page_lies_about_unread() -> None:
    for language in LANGUAGES:
        files = {path.stem for path in (resources_folder() / "help" / language.value).iterdir()}
        assert files == {topic.value for topic in Topic}


def test_both_languages_show_the_same_keys() -> None:
    rows = [
        [line for line in help_topics.text(Topic.KEYS, language).splitlines() if line.startswith("| ")]
        for language in LANGUAGES
    ]
    assert len(rows[0]) == len(rows[1])


def test_the_keys_shown_are_the_keys_there_are(window: MainWindow) -> None:
    reported = help_topics.text(Topic.KEYS, Language.ENGLISH)
    for action in (
        window.actions_.import_files,
        window.actions_.find,
        window.actions_.privacy_mask,
        window.actions_.pause,
    ):
        assert f"| {action.shortcut().toString()} |" in reported, action.text()


@pytest.mark.parametrize(
    ("part", "topic"),
    [("queue", Topic.QUEUE), ("log", Topic.LOG), ("details", Topic.LOG), ("strip", Topic.RELAY)],
)
def test_f1_explains_the_part_that_has_the_focus(qtbot: QtBot, window: MainWindow, part: str, topic: Topic) -> None:
    doors = {
        "queue": window.queue.table,
        "log": window.deferred.log.table,
        "details": window.deferred.details.tabBar(),
        "strip": window.sidebar.list,
    }
    doors[part].setFocus()
    qtbot.waitUntil(doors[part].hasFocus)
    QTest.keyClick(doors[part], Qt.Key.Key_F1)
    assert dialog_over(window).topic is topic


def test_f1_works_in_a_dialog_that_keeps_the_window_behind(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.add_donor.trigger()
    form = window.findChild(AddDonorForm)
    assert isinstance(form, AddDonorForm)
    qtbot.waitUntil(form.isActiveWindow)
    QTest.keyClick(form, Qt.Key.Key_F1)
    found = form.findChild(HelpDialog)
    assert isinstance(found, HelpDialog)
    assert found.topic is Topic.IMPORT
    found.close()
    form.close()


def test_a_link_leads_to_another_page(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_help(window, Topic.START)
    assert "The window at a glance" in dialog.page.toPlainText()
    dialog.page.anchorClicked.emit(QUrl("topic:five"))
    assert dialog.topic is Topic.FIVE
    assert "Five failures in a row" in dialog.page.toPlainText()
    assert open_help(window, Topic.KEYS) is dialog, "one help window, not a pile of them"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is None)


def test_why_five_is_in_the_menu(window: MainWindow) -> None:
    window.actions_.five.trigger()
    assert dialog_over(window).topic is Topic.FIVE


def test_the_tour_ends_with_the_wizard(qtbot: QtBot, window: MainWindow, hook_calls: HookCalls) -> None:
    window.actions_.tour.trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    for _ in pages()[1:]:
        assert not tour.connect_button.isVisible()
        tour.next.click()
    assert tour.is_at_end
    assert not tour.next.isVisible()
    tour.connect_button.click()
    assert hook_calls.calls == [("new", 0)]
    qtbot.waitUntil(lambda: window.findChild(Tour) is None)


def test_the_tour_ends_with_practice(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []

    def start(command: str, arguments: list[str]) -> tuple[bool, int]:
        started.append((command, arguments))
        return True, 1

    monkeypatch.setattr("ac_desktop.ui.main.help_controller.QProcess.startDetached", start)
    window.actions_.tour.trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    for _ in pages()[1:]:
        tour.next.click()
    tour.back.click()
    assert not tour.is_at_end
    tour.next.click()
    tour.practice_button.click()
    assert started[0][1][-1] == "--practice"
    qtbot.waitUntil(lambda: window.findChild(Tour) is None)


def test_the_tour_is_not_shown_to_those_who_have_a_connection(window: MainWindow) -> None:
    window.deferred.help_controller.welcome(window.settings)
    assert window.findChild(Tour) is None
    assert not window.settings.tour_seen


def test_about_names_every_package_with_its_license(qtbot: QtBot, window: MainWindow) -> None:
    lines = bundled()
    for name in ("PySide6_Essentials", "requests", "keyring", "peewee", "certifi", "psycopg", "psycopg_binary"):
        (line,) = [line for line in lines if line.lower().replace("-", "_").startswith(f"{name.lower()} ")]
        assert line.partition(": ")[2], line
    window.actions_.about.trigger()
    about = window.findChild(About)
    assert isinstance(about, About)
    assert about.licenses.toPlainText().splitlines() == lines
    about.close()
    qtbot.waitUntil(lambda: window.findChild(About) is None)


def test_back_never_comes_where_next_was_pressed_just_now(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.tour.trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    qtbot.waitUntil(tour.isVisible)
    place = tour.next.geometry()
    tour.next.click()
    qtbot.waitUntil(tour.back.isVisible)
    assert tour.next.geometry() == place
    assert not tour.back.geometry().intersects(place)
    while not tour.is_at_end:
        tour.next.click()
    assert not tour.back.geometry().intersects(place)
    tour.close()
