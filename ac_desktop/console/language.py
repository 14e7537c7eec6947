"""The language that a command speaks: the one asked for by `--language`, else the terminal's."""

import argparse
from collections.abc import Sequence

from ac_desktop.language import Language, of_the_terminal, translations_of
from ac_desktop.model.wording import use_translations

LANGUAGES = tuple(language.value for language in Language if language.value)


def use_language(arguments: Sequence[str] | None) -> None:
    """Let everything from here on be said in the wished language, the parser's own help too."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--language", nargs="?", default="")
    wished = first.parse_known_args(arguments)[0].language
    language = Language(wished) if wished in LANGUAGES else of_the_terminal()
    use_translations(translations_of(language))
