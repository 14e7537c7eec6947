"""The topics of the help, and which part of the window each page explains."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.language import Language
from ac_desktop.platform.paths import resources_folder

_TOPIC: Final = "helpTopic"


class Topic(StrEnum):
    """The pages, in the order in which a new person would read them."""

    START = "start"
    CONNECTION = "connection"
    IMPORT = "import"
    QUEUE = "queue"
    RELAY = "relay"
    FIVE = "five"
    CONSENT = "consent"
    LOG = "log"
    WATCHED = "watched"
    FETCH = "fetch"
    UNATTENDED = "unattended"
    DATA = "data"
    OFFICE = "office"
    KEYS = "keys"


def explain(widget: QWidget, topic: Topic) -> None:
    """Set the page that explains a part of the window, and everything in it that has no page of its own."""
    widget.setProperty(_TOPIC, topic.value)


def topic_at(widget: QWidget | None) -> Topic:
    """Return the page for the part that has the focus."""
    while widget is not None:
        found = widget.property(_TOPIC)
        if found:
            return Topic(found)
        widget = widget.parentWidget()
    return Topic.START


def page(topic: Topic, language: Language) -> Path:
    """Return a page's file, in Markdown; a language without its own pages uses the English ones."""
    folder = resources_folder() / "help"
    own = folder / language.value / f"{topic.value}.md"
    return own if language.value and own.is_file() else folder / Language.ENGLISH.value / f"{topic.value}.md"


def text(topic: Topic, language: Language) -> str:
    """Read a page."""
    return page(topic, language).read_text(encoding="utf-8")


def title(topic: Topic, language: Language) -> str:
    """Return a page's heading."""
    return text(topic, language).partition("\n")[0].removeprefix("# ").strip()
