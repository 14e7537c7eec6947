"""Which banner is shown, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.rules import FUSE
from ac_desktop.model.states import ConnectionState
from ac_desktop.relay.progress import Resting
from ac_desktop.ui import words
from ac_desktop.ui.glance import Glance
from ac_desktop.ui.strip.fuse import AMBER_FROM
from ac_desktop.ui.theme import Tone


class Rung(IntEnum):
    """The ladder, from the worst down."""

    INACTIVE = 0
    STOPPED = 1
    FUSE = 2
    BUSY = 3
    OFFLINE = 4
    PAUSED = 5
    PRACTICE = 6


class Help(Enum):
    """What a banner's button does."""

    REPLACE_KEY = "replace key"
    CHOOSE_LIST = "choose list"
    EDIT = "edit"
    OPEN_DONORS = "open donors"
    TEST = "test"
    REACTIVATE = "reactivate"
    RESUME = "resume"
    EXPLAIN = "explain"


@dataclass(frozen=True)
class Notice:
    """A banner: what it says in an icon, a word and a sentence, and which buttons it has."""

    rung: Rung
    tone: Tone
    icon: str
    word: str
    text: str
    helps: tuple[Help, ...] = ()


_ADDRESS: Final = frozenset({ReasonCode.WEB_PAGE, ReasonCode.REDIRECTED, ReasonCode.WRONG_ADDRESS})
_FIXES: Final[dict[ReasonCode, Help]] = {
    ReasonCode.KEY_REFUSED: Help.REPLACE_KEY,
    ReasonCode.KEY_MISSING: Help.REPLACE_KEY,
    ReasonCode.LIST_UNKNOWN: Help.CHOOSE_LIST,
    ReasonCode.FORBIDDEN: Help.CHOOSE_LIST,
    ReasonCode.DONOR_REFUSED: Help.OPEN_DONORS,
    ReasonCode.BULK_FAILED_ADDRESS: Help.OPEN_DONORS,
    **dict.fromkeys(_ADDRESS, Help.EDIT),
}


def choose(glance: Glance) -> Notice | None:
    """Return the worst of what is the matter; None where all is well."""
    for rung in _RUNGS:
        notice = rung(glance)
        if notice is not None:
            return notice
    return None


def help_text(help_: Help) -> str:
    """Label a banner's button."""
    translate = QCoreApplication.translate
    match help_:
        case Help.REPLACE_KEY:
            return translate("Banner", "Replace key…")
        case Help.CHOOSE_LIST:
            return translate("Banner", "Choose another list…")
        case Help.EDIT:
            return translate("Banner", "Correct the address…")
        case Help.OPEN_DONORS:
            return translate("Banner", "Open the donors…")
        case Help.TEST:
            return translate("Banner", "Test the connection…")
        case Help.REACTIVATE:
            return translate("Banner", "Test and reactivate…")
        case Help.RESUME:
            return translate("Banner", "Resume")
        case Help.EXPLAIN:
            return translate("Banner", "Why five?")


def fixes(causes: tuple[ReasonCode, ...]) -> tuple[Help, ...]:
    """Return the buttons that belong to the causes, each once, the most frequent first."""
    return tuple(dict.fromkeys(_FIXES[code] for code in causes if code in _FIXES))


def _inactive(glance: Glance) -> Notice | None:
    connection = glance.connection
    if connection is None or glance.state is not ConnectionState.INACTIVE:
        return None
    translate = QCoreApplication.translate
    parts = [_switched_off(glance, connection.name), *_why(glance), _waiting(glance)]
    return Notice(
        Rung.INACTIVE,
        Tone.PROBLEM,
        "inactive",
        translate("Banner", "Inactive"),
        " ".join(parts),
        (*fixes(glance.causes), Help.REACTIVATE, Help.EXPLAIN),
    )


def _switched_off(glance: Glance, name: str) -> str:
    translate = QCoreApplication.translate
    if glance.switched_off is None:
        return translate("Banner", "“{name}” was switched off after {most} failures in a row.").format(
            name=name, most=FUSE
        )
    return translate("Banner", "“{name}” is switched off since {when}, after {most} failures in a row.").format(
        name=name, most=FUSE, when=words.when(glance.switched_off.at, glance.now)
    )


def _why(glance: Glance) -> list[str]:
    translate = QCoreApplication.translate
    reasons = glance.reasons
    if not reasons:
        return []
    if len(glance.causes) == 1:
        return [translate("Banner", "All for one reason: {reason}").format(reason=reasons[0][0].text)]
    by_code: dict[ReasonCode, tuple[Reason, int]] = {}
    for one, number in reasons:
        first, before = by_code.get(one.code, (one, 0))
        by_code[one.code] = (first, before + number)
    return [
        translate("Banner", "{number} times: {reason}").format(number=number, reason=one.text)
        for one, number in by_code.values()
    ]


def _waiting(glance: Glance) -> str:
    translate = QCoreApplication.translate
    return translate(
        "Banner", "Waiting in the queue: {donors}. Nothing was lost, and nothing is sent until you say so."
    ).format(donors=words.donors(glance.counts.waiting))


def _stopped(glance: Glance) -> Notice | None:
    progress = glance.progress
    if progress is None or progress.running or not progress.trouble:
        return None
    translate = QCoreApplication.translate
    key_is_missing = progress.trouble_code is ReasonCode.KEY_MISSING
    return Notice(
        Rung.STOPPED,
        Tone.PROBLEM,
        "problem",
        translate("Banner", "Not relayed"),
        progress.trouble,
        (Help.REPLACE_KEY,) if key_is_missing else (),
    )


def _fuse(glance: Glance) -> Notice | None:
    connection = glance.connection
    if connection is None or connection.standing.streak < AMBER_FROM:
        return None
    translate = QCoreApplication.translate
    parts = [
        translate(
            "Banner",
            "{streak} attempts failed in a row. At {most} it is switched off, so that nothing worse happens.",
        ).format(streak=connection.standing.streak, most=FUSE),
        *_why(glance),
    ]
    return Notice(
        Rung.FUSE,
        Tone.WARNING,
        "problem",
        translate("Banner", "{streak} of {most} failures").format(streak=connection.standing.streak, most=FUSE),
        " ".join(parts),
        tuple(dict.fromkeys((*fixes(glance.causes), Help.OPEN_DONORS, Help.TEST, Help.EXPLAIN))),
    )


def _busy(glance: Glance) -> Notice | None:
    progress = glance.progress
    if progress is None or not progress.running or progress.resting is not Resting.BUSY:
        return None
    translate = QCoreApplication.translate
    left = words.countdown(max(1.0, (progress.resting_until or glance.now) - glance.now))
    return Notice(
        Rung.BUSY,
        Tone.NOTE,
        "busy",
        translate("Banner", "Waiting for ActiveCampaign"),
        translate("Banner", "ActiveCampaign is busy and asked us to wait {time}. It goes on by itself.").format(
            time=left
        ),
    )


def _offline(glance: Glance) -> Notice | None:
    progress = glance.progress
    if progress is None or not progress.running or progress.resting is not Resting.OFFLINE:
        return None
    translate = QCoreApplication.translate
    return Notice(
        Rung.OFFLINE,
        Tone.NOTE,
        "offline",
        translate("Banner", "Offline"),
        translate(
            "Banner", "This computer is offline. Nothing was lost; it goes on by itself when the network is back."
        ),
    )


def _paused(glance: Glance) -> Notice | None:
    if glance.state is not ConnectionState.PAUSED:
        return None
    translate = QCoreApplication.translate
    interrupted = glance.progress is not None and glance.progress.is_interrupted
    until = (
        translate("Banner", "The relay continues when you resume. You can still import files and add donors.")
        if interrupted
        else translate("Banner", "Nothing is sent until you resume and press Relay. You can still import files.")
    )
    return Notice(
        Rung.PAUSED,
        Tone.WARNING,
        "paused",
        translate("Banner", "Paused by you"),
        until,
        (Help.RESUME,),
    )


def _practice(glance: Glance) -> Notice | None:
    if not glance.practice:
        return None
    translate = QCoreApplication.translate
    return Notice(
        Rung.PRACTICE,
        Tone.NOTE,
        "practice",
        translate("Banner", "Practice"),
        translate("Banner", "Nothing leaves this computer: donors go to a practice account, not to ActiveCampaign."),
    )


_RUNGS: Final[tuple[Callable[[Glance], Notice | None], ...]] = (
    _inactive,
    _stopped,
    _fuse,
    _busy,
    _offline,
    _paused,
    _practice,
)
