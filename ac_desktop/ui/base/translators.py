"""The language of the window: our own texts by gettext, those of Qt's own buttons by Qt."""

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ac_desktop.language import Language, translations_of
from ac_desktop.model.wording import use_translations

_installed: Final[list[QTranslator]] = []
"""Qt's translators that are in use now; those of one window at most."""


def resolved(language: Language) -> Language:
    """Return the language of a choice: the system's own where none was chosen."""
    if language is not Language.SYSTEM:
        return language
    is_spanish = QLocale.system().language() == QLocale.Language.Spanish
    return Language.SPANISH if is_spanish else Language.ENGLISH


def language_of_window() -> Language:
    """Return the language that the window is in now."""
    return Language.SPANISH if _installed else Language.ENGLISH


def install_translators(application: QApplication, language: Language) -> list[QTranslator]:
    """Translate everything into a language, and return Qt's translators, which the caller removes again."""
    remove_translators(application, list(_installed))
    language = resolved(language)
    use_translations(translations_of(language), _format_count)
    if language is Language.ENGLISH:
        return []
    of_qt = QTranslator(application)
    of_qt.load(f"qtbase_{language.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    application.installTranslator(of_qt)
    _installed.append(of_qt)
    QLocale.setDefault(QLocale(language.value))
    return [of_qt]


def remove_translators(application: QApplication, translators: list[QTranslator], *_: object) -> None:
    """Remove the translators of a window that is gone; those of another window stay."""
    for translator in translators:
        application.removeTranslator(translator)
        if translator in _installed:
            _installed.remove(translator)
            use_translations(translations_of(Language.ENGLISH), _format_count)
            QLocale.setDefault(QLocale.system())


def _format_count(count: int) -> str:
    return QLocale().toString(count)
