"""The language of the window, spoken by Qt's widgets and by the rooms below them."""

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ac_desktop.language import Language, Texts, texts_of
from ac_desktop.model.wording import use_translations

_installed: Final[list[QTranslator]] = []
"""What is spoken through now; at most one window's."""


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


def installed_languages(language: Language) -> Language:
    """Give the language that is really spoken."""
    if language is not Language.SYSTEM:
        return language
    is_spanish = QLocale.system().language() == QLocale.Language.Spanish
    return Language.SPANISH if is_spanish else Language.ENGLISH


def now_spoken() -> Language:
    """Give the language that the window speaks now."""
    return Language.SPANISH if _installed else Language.ENGLISH


def install_translators(application: QApplication, language: Language) -> list[QTranslator]:
    """Let everything speak a language; gives the translators, which the caller takes away again."""
    remove_translators(application, list(_installed))
    language = installed_languages(language)
    texts = texts_of(language)
    if texts is None:
        return []
    translator = Translator(texts, application)
    of_qt = QTranslator(application)
    of_qt.load(f"qtbase_{language.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for one in (of_qt, translator):
        application.installTranslator(one)
    _installed.extend((of_qt, translator))
    use_translations(texts.plain)
    QLocale.setDefault(QLocale(language.value))
    return [of_qt, translator]


def remove_translators(application: QApplication, translators: list[QTranslator], *_: object) -> None:
    """Take translators away again, as their window is gone; another window's go on."""
    for translator in translators:
        application.removeTranslator(translator)
        if translator in _installed:
            _installed.remove(translator)
            use_translations({})
            QLocale.setDefault(QLocale.system())
