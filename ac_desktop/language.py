"""The languages of the program: English as written, or the translations kept in `resources/translations`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ac_desktop.platform.paths import resources_folder


class Language(StrEnum):
    """What a person chose; the window's View menu and the console's `--language` name them."""

    SYSTEM = ""
    ENGLISH = "en"
    SPANISH = "es"


@dataclass(frozen=True)
class Texts:
    """Translations by their English text; those that count have a form for one and a form for many."""

    plain: Mapping[str, str]
    counted: Mapping[str, tuple[str, str]]


def folder() -> Path:
    """Give the folder of the translations."""
    return resources_folder() / "translations"


def texts_of(language: Language) -> Texts | None:
    """Give the texts of a language; None for English, which is in the sources."""
    path = folder() / f"ac_desktop_{language.value}.ts"
    return None if language is Language.ENGLISH or not path.is_file() else read(path)


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


def of_the_terminal() -> Language:
    """Give the language that the person's terminal is set to; English where it is none of ours."""
    import locale

    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    name = told if told is not None else locale.getlocale()[0] or ""
    return Language.SPANISH if name.casefold().startswith(("es", "spanish")) else Language.ENGLISH
