"""Each code of a problem with the donor database has a sentence, which is made where it is shown."""

import pickle
import re
import string
from gettext import NullTranslations

import pytest

from ac_desktop.model.store_texts import StoreMessage, store_text
from ac_desktop.model.wording import use_translations
from ac_desktop.store.errors import StoreError, StoreProblem

VALUES = (
    *("folder", "file", "path", "problem", "found", "known", "name", "old", "backup"),
    *("server", "database", "user", "person", "owner", "day", "variable", "detail", "count", "number", "workstations"),
)
END = re.compile(r"\.\)?$|\. \([^)]+\)$")
"""The end of a sentence, or what a computer said of it, in brackets behind it."""


@pytest.mark.parametrize("message", StoreMessage)
def test_every_code_has_a_whole_sentence(message: StoreMessage) -> None:
    text = store_text(message, {name: f"<{name}>" for name in VALUES})

    assert END.search(text)
    assert [name for _, name, _, _ in string.Formatter().parse(text) if name] == []


class _Shouting(NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()


def test_an_error_is_said_in_the_language_in_use_when_it_is_shown() -> None:
    error = StoreError(StoreProblem.CLOSED, StoreMessage.CLOSING)
    use_translations(_Shouting())
    try:
        assert str(error) == "AC DESKTOP IS CLOSING. NOTHING WAS CHANGED. TO CONTINUE, START AC DESKTOP AGAIN."
    finally:
        use_translations(NullTranslations())


def test_an_error_of_another_process_is_the_same_error_here() -> None:
    error = StoreError(StoreProblem.FULL, StoreMessage.DISK_FULL, folder="/data")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own

    assert (again.trouble, again.message, again.values, str(again)) == (
        error.trouble, error.message, error.values, str(error),
    )  # fmt: skip
