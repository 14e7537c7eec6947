"""Every command explains itself, in both languages, and wrong use is reported in a sentence of the language."""

import argparse
import shlex
from collections.abc import Iterator

import pytest

from ac_desktop.console.argument_parser import EXAMPLES, error_text
from ac_desktop.console.parser import build_parser
from ac_desktop.language import Language, translations_of
from ac_desktop.model.rules import KEEP_FOREVER
from ac_desktop.model.wording import use_translations
from tests.console.conftest import Console

ENGLISH_OF_ARGPARSE = ("positional arguments", "options:", "usage:", "show this help", "and exit", "example:")


@pytest.fixture
def in_spanish() -> Iterator[None]:
    use_translations(translations_of(Language.SPANISH))
    yield
    use_translations(translations_of(Language.ENGLISH))


def commands(parser: argparse.ArgumentParser | None = None) -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, those of a command's own commands too."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in (parser or build_parser())._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
            for one in action.choices.values():
                one.complete()
                found |= commands(one)
    return found


def test_every_command_has_a_description_and_an_example_that_it_understands() -> None:
    for name, parser in commands().items():
        assert parser.description, name
        assert parser.description[0].isupper(), name
        assert parser.description.endswith("."), name
        assert parser.epilog, name
        assert f"ac-desktop {EXAMPLES[name]}" in parser.epilog, name
        words = shlex.split(EXAMPLES[name])
        assert name in words[:2]
        assert build_parser().parse_args(words).command == words[0]
    assert "ac-desktop import Spring donors.csv" in str(build_parser().epilog)


def test_every_argument_is_explained() -> None:
    unexplained = [
        (name, action.dest)
        for name, parser in commands().items()
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert unexplained == []


@pytest.mark.usefixtures("in_spanish")
def test_no_english_is_left_in_the_spanish_help() -> None:
    for name, parser in {"": build_parser(), **commands()}.items():
        said = parser.format_help()
        assert [text for text in ENGLISH_OF_ARGPARSE if text in said] == [], name


@pytest.mark.parametrize(
    ("arguments", "english", "spanish"),
    [
        (["erase"], "Missing: EMAIL.", "Falta: EMAIL."),
        (["push", "Spring"], "Missing: one of --failed --held --all.", "Falta uno de estos: --failed --held --all."),
        (["status", "Spring", "now"], "Unknown: now.", "Desconocido: now."),
        (["practice", "--port", "x"], "--port: must be a number, not 'x'.", "--port: debe ser un número, no 'x'."),
        (["erase", "a@example.org", "--out"], "--out: a value is missing.", "--out: falta un valor."),
        (
            ["push", "Spring", "--held", "--all"],
            "Use either --all or --held, not both.",
            "Use --all o --held, pero no ambos.",
        ),
        (["retention", "--days", "0"], "--days: must be a whole number", "--days: debe ser un número entero"),
        (
            ["retention", "--c"],
            "--c could be any of --clock-is-right, --compact.",
            "--c podría ser cualquiera de estos",
        ),
    ],
)
def test_wrong_use_is_reported_in_the_language(
    console: Console, arguments: list[str], english: str, spanish: str
) -> None:
    for language, said in (("en", english), ("es", spanish)):
        ran = (
            console(*arguments, "--language", language)
            if arguments[-1] != "--out"
            else console("--language", language, *arguments)
        )
        assert (ran.code, ran.out) == (2, ""), ran.out
        assert said in ran.err
        assert "--help" in ran.err


def test_what_is_not_known_of_argparse_is_reported_as_it_is() -> None:
    assert error_text("something new") == "something new"
    assert (
        error_text("argument --dates: invalid choice: 'x' (choose from 'a', 'b')")
        == "--dates: choose from 'a', 'b', not 'x'"
    )


@pytest.mark.parametrize("spelling", ["--forever", "--for-ever"])
def test_the_older_spelling_of_forever_is_understood(spelling: str) -> None:
    assert build_parser().parse_args(["retention", spelling]).days == KEEP_FOREVER
