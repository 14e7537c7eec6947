"""The language of the window: English as written, or the translations kept in `resources/translations`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ac_desktop.model.wording import speak_through
from ac_desktop.places import resources_folder

_PLURAL: Final = re.compile(r"%(?:L)?n")


class Language(StrEnum):
    """What a person chose in the View menu."""

    SYSTEM = ""
    ENGLISH = "en"
    SPANISH = "es"


@dataclass(frozen=True)
class Texts:
    """Translations by their English text; those that count have a form for one and a form for many."""

    plain: Mapping[str, str]
    counted: Mapping[str, tuple[str, str]]


_installed: Final[list[QTranslator]] = []
"""What is spoken through now; at most one window's."""


def folder() -> Path:
    """Give the folder of the translations."""
    return resources_folder() / "translations"


def read(path: Path) -> Texts:
    """Read a translation file as Qt Linguist keeps it; its contexts only help the translator."""
    from xml.etree import ElementTree as ET

    plain: dict[str, str] = {}
    counted: dict[str, tuple[str, str]] = {}
    for message in ET.parse(path).getroot().iter("message"):  # noqa: S314  our own file
        source, translation = message.findtext("source") or "", message.find("translation")
        if translation is None:
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")]
        if len(forms) > 1 and all(forms):
            counted[source] = (forms[0], forms[1])
        elif translation.text:
            plain[source] = translation.text
    return Texts(plain, counted)


class Translator(QTranslator):
    """Translates by the English text, for Qt's widgets and for the rooms below them alike."""

    def __init__(self, texts: Texts, parent: QApplication | None = None) -> None:
        super().__init__(parent)
        self._texts = texts

    def translate(self, _context: str, text: str, /, _disambiguation: str | None = None, n: int = -1) -> str | None:
        """Give the translation, in the form that the number asks for."""
        if n >= 0 and text in self._texts.counted:
            one, many = self._texts.counted[text]
            return one if n == 1 else many
        return self._texts.plain.get(text)

    def isEmpty(self) -> bool:
        """Say whether there is anything to translate with."""
        return not self._texts.plain


def spoken(language: Language) -> Language:
    """Give the language that is really spoken."""
    if language is not Language.SYSTEM:
        return language
    is_spanish = QLocale.system().language() == QLocale.Language.Spanish
    return Language.SPANISH if is_spanish else Language.ENGLISH


def now_spoken() -> Language:
    """Give the language that the window speaks now."""
    return Language.SPANISH if _installed else Language.ENGLISH


def speak(application: QApplication, language: Language) -> list[QTranslator]:
    """Let everything speak a language; gives the translators, which the caller takes away again."""
    be_quiet(application, list(_installed))
    language = spoken(language)
    path = folder() / f"ac_desktop_{language.value}.ts"
    if language is Language.ENGLISH or not path.is_file():
        return []
    texts = read(path)
    translator = Translator(texts, application)
    of_qt = QTranslator(application)
    of_qt.load(f"qtbase_{language.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for one in (of_qt, translator):
        application.installTranslator(one)
    _installed.extend((of_qt, translator))
    speak_through(texts.plain)
    QLocale.setDefault(QLocale(language.value))
    return [of_qt, translator]


def be_quiet(application: QApplication, translators: list[QTranslator], *_: object) -> None:
    """Take translators away again, as their window is gone; another window's go on."""
    for translator in translators:
        application.removeTranslator(translator)
        if translator in _installed:
            _installed.remove(translator)
            speak_through({})
            QLocale.setDefault(QLocale.system())
