"""The language of a command: that of `--language`, else the terminal's."""

import argparse
from collections.abc import Sequence

from ac_desktop.language import Language, of_the_terminal, translations_of
from ac_desktop.model.wording import use_translations

LANGUAGES = tuple(language.value for language in Language if language.value)


def use_language(arguments: Sequence[str] | None) -> None:
    """Translate all texts from now on, the parser's own help included, into the language of the command line."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language", nargs="?", default="")
    chosen = parser.parse_known_args(arguments)[0].language
    language = Language(chosen) if chosen in LANGUAGES else of_the_terminal()
    use_translations(translations_of(language))
