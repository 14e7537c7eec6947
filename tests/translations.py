"""Brings the catalogs of translations up to the sources: new texts come in untranslated, those no longer used go.

`python -m tests.translations`, then translate what is left empty in the `.po` files, and run it again: it also writes
the `.mo` files that the program reads.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import ac_desktop
from ac_desktop.language import DOMAIN, Language, folder

KEYWORDS: Final[Mapping[str, tuple[int, ...] | None]] = {"tr": None, "ntr": (1, 2), "translatable": None}
"""The functions whose texts are translated; `ntr` has a form for one and a form for many."""
TRANSLATED: Final = tuple(one for one in Language if one not in {Language.SYSTEM, Language.ENGLISH})


def catalog_path(language: Language) -> Path:
    """Return where the catalog of a language is kept."""
    return folder() / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"


def template() -> Catalog:
    """Return every text of the program that is shown to a person, with the file where it is first."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    root = Path(ac_desktop.__file__).parent
    for file, _, message, _, _ in extract_from_dir(root, [("**.py", "python")], keywords=KEYWORDS):
        if message and message not in catalog:
            catalog.add(message, locations=[(file, 0)])
    return catalog


def read_catalog(language: Language) -> Catalog:
    """Return the catalog of a language as it is kept."""
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language.value, domain=DOMAIN)


def updated(language: Language) -> Catalog:
    """Return the catalog of a language with today's texts."""
    catalog = read_catalog(language)
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def forms(message: Message) -> tuple[str, ...]:
    """Return the translation of a text: one form, or one for each that the language's plural rule knows."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def sources(message: Message) -> tuple[str, ...]:
    """Return the English forms of a text: one, or one for one and one for many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def pairs(language: Language) -> list[tuple[str, str]]:
    """Return every English form with the translation that takes its place."""
    return [
        (source, form)
        for message in read_catalog(language)
        if message.id
        for source, form in zip(sources(message), forms(message), strict=True)
    ]


def as_po(catalog: Catalog) -> bytes:
    """Return a catalog as translators edit it."""
    written = io.BytesIO()
    write_po(written, catalog, width=0, omit_header=False, include_lineno=False, sort_output=False)
    return written.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return a catalog as the program reads it."""
    written = io.BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def main() -> None:
    """Write the catalogs of every language."""
    for language in TRANSLATED:
        catalog = updated(language)
        path = catalog_path(language)
        path.write_bytes(as_po(catalog))
        path.with_suffix(".mo").write_bytes(as_mo(catalog))
        empty = sum(not all(forms(message)) for message in catalog if message.id)
        print(language.value, empty, "texts are still to be translated")  # noqa: T201


if __name__ == "__main__":
    main()
