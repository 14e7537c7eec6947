"""Parts of statements that several packages of the store share."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ac_desktop.store.ports import Sql

READ_BACK, READ_BACK_ENDED = "reading", "ended"
"""The states of a bulk request whose list is being read back, and of one that is over."""
END_READ_BACK: Final = (
    f"UPDATE bulk_batch SET state = '{READ_BACK_ENDED}' WHERE connection_id = ? AND state = '{READ_BACK}'"
)
"""Ends the bulk requests of a connection whose list was being read back."""
_RELEASED: Final[dict[str, object]] = {"state": "waiting", "owner": None, "lease_until": None, "claim_token": None}
_AFRESH: Final[dict[str, object]] = {"tries": 0, "next_try_at": 0, "busy_waited": 0, "cause": None, "reason": None}
_FROM_THE_START: Final[dict[str, object]] = {"step": "contact", "contact_id": None, "bulk_batch_id": None}

_SMALL: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def back_to_waiting(
    sql: Sql,
    where: str,
    values: Sequence[object],
    now: float,
    *,
    afresh: bool = False,
    from_the_start: bool = False,
    **also: object,
) -> int:
    """Return the records that match to waiting, without an owner; return how many.

    They wait at their stored step with what they have tried so far; `afresh` forgets tries, waits and reason,
    `from_the_start` the contact as well. `also` has the values of other columns.
    """
    columns = {
        **_RELEASED,
        **(_AFRESH if afresh else {}),
        **(_FROM_THE_START if from_the_start else {}),
        **also,
        "changed_at": now,
    }
    changes = ", ".join(f"{name} = ?" for name in columns)
    return sql.execute(f"UPDATE record SET {changes} WHERE {where}", (*columns.values(), *values))


def spellings(text: str) -> Iterable[str]:
    """Return the spellings to compare, as SQLite ignores case in ASCII alone."""
    if text.isascii():
        return (text,)
    return dict.fromkeys((text, text.lower(), text.upper(), text.title()))


def containing(text: str) -> list[str]:
    r"""Return the patterns for LIKE … ESCAPE '\' that find a text literally, and without case."""
    escaped = re.sub(r"([\\%_])", r"\\\1", text)
    return [f"%{one}%" for one in spellings(escaped)]


def folded(text: str) -> str:
    """Return a text by which names are compared, with capital letters of ASCII as the small ones."""
    return text.translate(_SMALL)


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that nobody has, with a number behind it where it is taken, and add it to those that are."""
    names, number, free = {folded(one) for one in taken}, 1, name
    while folded(free) in names:
        number += 1
        free = f"{name} {number}"
    taken.add(free)
    return free


def in_word_table(word: str) -> list[str]:
    """Return the patterns for LIKE that find a word in a table of words, which is in small letters of ASCII."""
    return containing(folded(word))
