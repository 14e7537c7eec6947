"""How an account is at times: out of order, lying, refusing, late, busy, or missing what it had."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Final

from ac_desktop.practice.anedot_account import AnedotFault
from ac_desktop.practice.consent_faults import MembershipPages, MembershipRows
from ac_desktop.practice.faults import (
    WELL,
    ContactLimit,
    Faults,
    Garbled,
    Outage,
    OverLimit,
    WrongAccount,
)

_OUTAGES: Final = [one for one in Outage if one is not Outage.OFF]
_GARBLED: Final = [one for one in Garbled if one is not Garbled.OFF]
_REFUSING: Final[Sequence[Faults]] = (
    Faults(refuse_everything=True),
    Faults(lapsed=True),
    Faults(lists_gone=True),
    Faults(wrong_account=WrongAccount.HTML_200),
    Faults(wrong_account=WrongAccount.REDIRECT_302),
    Faults(contact_limit=ContactLimit.ERRORS_422),
    Faults(refuse_addresses=True),
)
_BULK: Final[Sequence[Faults]] = (
    Faults(bulk_interrupted=True),
    Faults(bulk_lost=True),
    Faults(bulk_drops_every=3),
    Faults(bulk_half_applied=True),
    Faults(bulk_drops_every=2, bulk_half_applied=True),
)
_NOT_FOR_ANEDOT: Final = frozenset({AnedotFault.SAME_ID, AnedotFault.ENDLESS})
"""An account that gives all donations one ID says that they are one; and a body without end takes its minute."""


def mood(dice: Random) -> tuple[str, Faults]:
    """Return how the account is for a while, and a word for it."""
    kind = dice.choice(
        ("out of order", "garbled", "garbled", "refusing", "busy", "slow", "bulk lies", "odd rows", "spurious")
    )
    match kind:
        case "out of order":
            faults = Faults(outage=dice.choice(_OUTAGES))
        case "garbled":
            faults = Faults(garbled=dice.choice(_GARBLED))
        case "refusing":
            faults = dice.choice(_REFUSING)
        case "busy":
            faults = Faults(always_busy=True, over_limit=dice.choice((OverLimit.RETRY_1, OverLimit.NO_HEADER)))
        case "slow":
            faults = Faults(slow_seconds=dice.uniform(1.0, 6.0))
        case "bulk lies":
            faults = dice.choice(_BULK)
        case "odd rows":
            faults = Faults(membership_rows=dice.choice(list(MembershipRows)), membership_pages=dice.choice(_PAGES))
        case _:
            faults = Faults(spurious_403_every=dice.randint(2, 9))
    changed = {name: value for name in Faults.__slots__ if (value := getattr(faults, name)) != getattr(WELL, name)}
    return f"{kind} {changed}", replace(faults)


_PAGES: Final = [one for one in MembershipPages if one is not MembershipPages.ENDLESS]


def anedot_mood(dice: Random) -> AnedotFault:
    """Return how the stand-in Anedot is for a while."""
    return dice.choice([one for one in AnedotFault if one not in _NOT_FOR_ANEDOT])
