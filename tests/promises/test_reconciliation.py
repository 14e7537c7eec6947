"""Whatever an account makes of bulk requests, everyone said to be sent is on its list (rule 17)."""

import os
from collections import Counter

from tests.promises.counts import count
from tests.promises.reconciliation import rounds

ROUNDS = int(os.environ.get("AC_DESKTOP_RECONCILIATION_ROUNDS", "6"))
ODD = ("imports", "results", "lists")
NEVER_LEFT_OUT = {*(f"odd {one}" for one in ODD), "stops", "people who wandered off", "donors held"}


def test_everyone_said_to_be_sent_is_there_or_it_is_said_that_it_is_not_known() -> None:
    tried: Counter[str] = Counter()
    for one in rounds(ROUNDS, seed=1):
        tried.update(one)

    assert not {what for what in NEVER_LEFT_OUT if not tried[what]}
    assert tried["donors sent"] > tried["donors"] / 4
    count("donors held against the account after bulk relays", tried["donors"])
    count(
        "bulk requests, results and lists answered oddly",
        sum(tried[f"odd {what}"] for what in ("imports", "results", "lists")),
    )
