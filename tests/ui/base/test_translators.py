import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.language import Language
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.connection.dialogs import ConnectionDialogs
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import WindowHolder, open_window
from tests import texts, translations
from tests.harness import Harness, donors
from tests.ui.connection.support import open_ui
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.stage import Appearance, close_for_good, rest, shown_as

_PLACEHOLDERS = re.compile(r"\{\w+\}")


def test_every_text_is_there_in_every_language() -> None:
    today = {message.id for message in translations.template() if message.id}
    for language in translations.TRANSLATED:
        kept = {
            message.id: translations.forms(message) for message in translations.read_catalog(language) if message.id
        }
        assert today == kept.keys(), "python -m tests.translations brings the catalog up to the sources"
        assert [one for one, translated in kept.items() if not all(translated)] == []


def test_the_program_reads_what_translators_wrote() -> None:
    for language in translations.TRANSLATED:
        path = translations.catalog_path(language)
        catalog = translations.read_catalog(language)
        assert path.with_suffix(".mo").read_bytes() == translations.as_mo(catalog), "python -m tests.translations"


def test_every_language_has_the_same_placeholders() -> None:
    for language in translations.TRANSLATED:
        pairs = translations.pairs(language)
        assert pairs
        wrong = {
            source: translation
            for source, translation in pairs
            if sorted(_PLACEHOLDERS.findall(source)) != sorted(_PLACEHOLDERS.findall(translation))
        }
        assert wrong == {}


def test_no_text_is_out_of_reach_of_the_translation() -> None:
    """A text that is put together as it is shown, or that Qt is asked for, is in no catalog."""
    assert list(texts.out_of_reach()) == []


@pytest.fixture
def in_spanish(qapp: QApplication) -> Iterator[None]:
    translators = install_translators(qapp, Language.SPANISH)
    yield
    remove_translators(qapp, translators)


def test_texts_in_brackets_and_in_formatted_strings_are_seen() -> None:
    source = """tr(("one " "text"), name=tr("in it"))\nf"{escape(tr('formatted'))}"\nntr("{count} a", "{count} b", 2)"""
    assert translations.texts_in(source) == ["one text", "in it", "formatted", ("{count} a", "{count} b")]
    assert translations.texts_in("tr(text)\nself.tr('of Qt')\ntr('')") == []


@pytest.mark.usefixtures("in_spanish")
def test_the_packages_below_the_window_are_translated_too() -> None:
    assert tr("You") == "Usted"
    said = reason(ReasonCode.UNSUBSCRIBED, list="Donors", date="2026-08-02").text
    assert said.startswith("Canceló su suscripción a Donors el 2 ago 2026")


def test_english_again() -> None:
    assert tr("You") == "You"


def test_the_menus_of_the_window(qapp: QApplication, tmp_path: Path) -> None:
    appearance = Appearance(language=Language.SPANISH)
    with open_ui(tmp_path / "data") as made, shown_as(qapp, made, appearance), SCENES["ready"](made) as window:
        assert isinstance(window, MainWindow)
        titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
        assert titles == ["Archivo", "Conexión", "Donante", "Ver", "Oficina", "Ayuda"]
        assert window.queue.tabs.tabText(0).startswith("Todos (")


@pytest.fixture
def one_window(harness: Harness, connection: Connection) -> Iterator[WindowHolder]:
    dialogs = ConnectionDialogs(harness.services)
    assert connection.id
    shown = WindowHolder(lambda: open_window(harness.services, openers=dialogs.openers()))
    dialogs.bind(shown.window.bridge, shown.window.choose_connection, shown.window)
    yield shown
    harness.services.engine.stop()
    close_for_good(shown.window)


def test_another_language_is_spoken_at_once_while_the_relay_goes_on(
    qtbot: QtBot, harness: Harness, connection: Connection, one_window: WindowHolder
) -> None:
    harness.queue(connection, donors(40))
    english = one_window.window
    english.actions_.privacy_mask.trigger()
    english.actions_.activity.trigger()
    harness.services.engine.start(connection.id)
    english.actions_.languages[Language.SPANISH].trigger()
    qtbot.waitUntil(lambda: one_window.window is not english)
    window = one_window.window
    assert not isValid(english)
    assert window.menuBar().actions()[0].text().replace("&", "") == "Archivo"
    assert window.actions_.languages[Language.SPANISH].isChecked()
    assert window.actions_.privacy_mask.isChecked()
    assert privacy_mask.is_masked()
    assert window.isVisible()
    assert window.actions_.activity.isChecked()
    assert window.deferred.activity.isVisible(), "the chart stays open"
    qtbot.waitUntil(lambda: harness.counts(connection).sent == 40)
    window.actions_.languages[Language.ENGLISH].trigger()
    qtbot.waitUntil(lambda: one_window.window is not window)
    assert one_window.window.menuBar().actions()[0].text().replace("&", "") == "File"
    assert tr("You") == "You"


def test_what_is_being_typed_is_not_lost_to_a_language(one_window: WindowHolder) -> None:
    window = one_window.window
    window.deferred.import_controller.add_donor()
    form = window.findChild(AddDonorForm)
    assert form is not None
    form.email.setText("ann@example.org")
    window.actions_.languages[Language.SPANISH].trigger()
    rest()
    assert one_window.window is window
    assert window.message_bar.isVisible()
    assert window.actions_.languages[Language.SYSTEM].isChecked()
    form.email.clear()
    form.reject()
