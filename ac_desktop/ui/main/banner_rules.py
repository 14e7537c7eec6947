"""Which banner is shown, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from ac_desktop.model.reason_codes import FACTS, Remedy
from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.relay_texts import trouble_text
from ac_desktop.model.rules import MOST_FAILURES_IN_A_ROW
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.header.failure_indicator import AMBER_FROM

MOST_BUTTONS: Final = 2


class Severity(IntEnum):
    """How serious a banner is, from the worst down."""

    INACTIVE = 0
    STOPPED = 1
    FAILURES = 2
    PAUSED = 3
    PRACTICE = 4


@dataclass(frozen=True)
class BannerContent:
    """A banner: its icon, word and sentence, and which buttons it has."""

    severity: Severity
    tone: Tone
    icon: str
    word: str
    text: str
    remedies: tuple[Remedy, ...] = ()


def choose_banner(state: WindowState) -> BannerContent | None:
    """Return the most severe banner that applies; None where nothing is wrong."""
    for severity in _RULES:
        notice = severity(state)
        if notice is not None:
            return notice
    return None


def remedies_for(causes: tuple[ReasonCode, ...]) -> tuple[Remedy, ...]:
    """Return the remedies of the causes, each once, the most frequent first."""
    return tuple(dict.fromkeys(remedy for code in causes if (remedy := FACTS[code].remedy) is not None))


def _inactive(state: WindowState) -> BannerContent | None:
    connection = state.connection
    if connection is None or state.connection_state is not ConnectionState.INACTIVE:
        return None
    return BannerContent(
        Severity.INACTIVE,
        Tone.PROBLEM,
        "inactive",
        _switched_off(state, connection.name),
        " ".join([*_why(state), _waiting(state)]),
        _offered(state),
    )


def _offered(state: WindowState, *others: Remedy) -> tuple[Remedy, ...]:
    """Return two buttons at most, the most frequent cause's first, and the link that explains the rule."""
    wanted = dict.fromkeys((*remedies_for(state.causes), Remedy.OPEN_DONORS, *others))
    return (*tuple(wanted)[:MOST_BUTTONS], Remedy.EXPLAIN)


def _switched_off(state: WindowState, name: str) -> str:
    if state.switched_off is None:
        return tr(
            "“{name}” became inactive after {most} failed attempts in a row.", name=name, most=MOST_FAILURES_IN_A_ROW
        )
    return tr(
        "“{name}” has been inactive since {when}, after {most} failed attempts in a row.",
        name=name,
        most=MOST_FAILURES_IN_A_ROW,
        when=formatting.when(state.switched_off.at, state.now),
    )


def _why(state: WindowState) -> list[str]:
    reasons = state.reasons
    if not reasons:
        return []
    if len(state.causes) == 1:
        return [tr("All for one reason: {reason}", reason=reasons[0][0].text)]
    by_code: dict[ReasonCode, tuple[Reason, int]] = {}
    for one, number in reasons:
        first, before = by_code.get(one.code, (one, 0))
        by_code[one.code] = (first, before + number)
    return [
        ntr("{count} time: {reason}", "{count} times: {reason}", number, reason=one.text)
        for one, number in by_code.values()
    ]


def _waiting(state: WindowState) -> str:
    return tr(
        ("Waiting in the queue: {donors}. No donors were lost. Nothing is sent until you reactivate the connection."),
        donors=formatting.donors(state.counts.waiting),
    )


def _stopped(state: WindowState) -> BannerContent | None:
    progress = state.progress
    if progress is None or progress.running:
        return None
    text = trouble_text(progress.trouble, is_own_fault=progress.is_own_fault)
    if not text:
        return None
    needs_key = progress.trouble_code in {ReasonCode.KEY_MISSING, ReasonCode.KEY_OUTDATED}
    return BannerContent(
        Severity.STOPPED,
        Tone.PROBLEM,
        "problem",
        tr("Not relayed"),
        text,
        (Remedy.REPLACE_KEY,) if needs_key else (),
    )


def _failures_in_a_row(state: WindowState) -> BannerContent | None:
    connection = state.connection
    if connection is None or connection.circuit.streak < AMBER_FROM:
        return None
    parts = [
        tr(
            (
                "Failed attempts in a row: {streak}. After {most}, the connection becomes inactive to protect "
                "your donors."
            ),
            streak=connection.circuit.streak,
            most=MOST_FAILURES_IN_A_ROW,
        ),
        *_why(state),
    ]
    return BannerContent(
        Severity.FAILURES,
        Tone.WARNING,
        "problem",
        ntr(
            "{count} failure in a row",
            "{count} failures in a row",
            connection.circuit.streak,
        ),
        " ".join(parts),
        _offered(state, Remedy.TEST),
    )


def _paused(state: WindowState) -> BannerContent | None:
    if state.connection_state is not ConnectionState.PAUSED:
        return None
    interrupted = state.progress is not None and state.progress.is_interrupted
    until = (
        tr("The relay continues when you resume. You can still import files and add donors.")
        if interrupted
        else tr("Nothing is sent until you resume and click Relay. You can still import files.")
    )
    return BannerContent(
        Severity.PAUSED,
        Tone.WARNING,
        "paused",
        tr("Paused"),
        until,
        (Remedy.RESUME,),
    )


def _practice(state: WindowState) -> BannerContent | None:
    if not state.practice:
        return None
    return BannerContent(
        Severity.PRACTICE,
        Tone.NOTE,
        "practice",
        tr("Practice"),
        tr("Nothing leaves this computer. Donors are sent to a practice account, not to ActiveCampaign."),
    )


_RULES: Final[tuple[Callable[[WindowState], BannerContent | None], ...]] = (
    _inactive,
    _stopped,
    _failures_in_a_row,
    _paused,
    _practice,
)
