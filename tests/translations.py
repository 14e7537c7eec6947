"""Brings the catalogs of translations up to the sources: new texts come in untranslated, those no longer used go.

`python -m tests.translations`, then translate what is left empty in the `.po` files, and run it again: it also writes
the `.mo` files that the program reads.
"""

import ast
import io
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import ac_desktop
from ac_desktop.language import DOMAIN, Language, folder
from ac_desktop.platform.paths import resources_folder

KEYWORDS: Final[Mapping[str, int]] = {"tr": 1, "ntr": 2, "translatable": 1}
"""The functions whose texts are translated, each with its number of forms; `ntr` has one for one and one for many."""
TRANSLATED: Final = tuple(one for one in Language if one not in {Language.SYSTEM, Language.ENGLISH})


def catalog_path(language: Language) -> Path:
    """Return where the catalog of a language is kept."""
    return folder() / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"


def template() -> Catalog:
    """Return every text of the program that is shown to a person, with the file where it is first."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    root = Path(ac_desktop.__file__).parent
    for label, profile in profile_labels().items():
        catalog.add(label, locations=[(profile, 0)])
    for file in _by_folder(root):
        for message in texts_in(file.read_text(encoding="utf-8")):
            if message not in catalog:
                catalog.add(message, locations=[(file.relative_to(root).as_posix(), 0)])
    return catalog


def profile_labels() -> dict[str, str]:
    """Return the names of the export profiles that the program has, each with its file."""
    folder = resources_folder() / "profiles"
    return {
        tomllib.loads(path.read_text(encoding="utf-8"))["label"]: f"resources/profiles/{path.name}"
        for path in sorted(folder.glob("*.toml"))
    }


def _by_folder(folder: Path) -> Iterator[Path]:
    """Return the modules of a folder, then those of each folder in it, by name."""
    yield from sorted(folder.glob("*.py"))
    for one in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield from _by_folder(one)


def texts_in(source: str) -> list[str | tuple[str, ...]]:
    """Return the texts of a module in their order, also of calls in brackets and in formatted strings.

    Babel's own reader sees neither.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found = [(call.lineno, call.col_offset, text) for call in calls if (text := _text_of(call))]
    return [text for _, _, text in sorted(found, key=lambda one: one[:2])]


def _text_of(call: ast.Call) -> str | tuple[str, ...]:
    number = KEYWORDS.get(call.func.id, 0) if isinstance(call.func, ast.Name) else 0
    texts = tuple(
        one.value for one in call.args[:number] if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )
    if not number or len(texts) != number:
        return ""
    return texts[0] if number == 1 else texts


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
