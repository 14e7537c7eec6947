"""The languages of the program: English as written, or the translations kept in `resources/translations`."""

import gettext
import os
from enum import StrEnum
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import use_translations
from ac_desktop.platform.paths import resources_folder

DOMAIN: Final = "ac_desktop"
"""The name of the catalogues: `resources/translations/es/LC_MESSAGES/ac_desktop.po`."""


class Language(StrEnum):
    """What a person chose; the window's View menu and the console's `--language` name them."""

    SYSTEM = ""
    ENGLISH = "en"
    SPANISH = "es"


def folder() -> Path:
    """Return the folder of the translations, laid out as gettext expects it."""
    return resources_folder() / "translations"


def translations_of(language: Language) -> NullTranslations:
    """Return the translations of a language; those of English are empty, as its texts are in the sources."""
    if language in {Language.SYSTEM, Language.ENGLISH}:
        return NullTranslations()
    return gettext.translation(DOMAIN, folder(), languages=[language.value])


def use_language(code: str) -> None:
    """Translate every text of this process into the language of this code from now on."""
    use_translations(translations_of(Language(code)))


def of_the_terminal() -> Language:
    """Return the language that the person's terminal is set to; English where it is none of ours."""
    import locale

    locale_name = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    name = locale_name if locale_name is not None else locale.getlocale()[0] or ""
    return Language.SPANISH if name.casefold().startswith(("es", "spanish")) else Language.ENGLISH
