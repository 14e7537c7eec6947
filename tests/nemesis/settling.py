"""The end of a round: everything is well again, what is left is given and relayed, and then it is all counted."""

import threading
import time
from typing import Final

from ac_desktop.practice.anedot_account import AnedotFault
from ac_desktop.practice.faults import WELL
from tests.nemesis import checker
from tests.nemesis.desk import Desk
from tests.nemesis.place import DONE, NAME, Place
from tests.nemesis.reading import read
from tests.nemesis.record import Kept

_PATIENCE: Final = 240.0
_TRIES: Final = 5
_POLL: Final = 0.3
_LATE: Final = 100.0
"""Seconds after which the office has taken a killed workstation for gone, and freed its claims."""


def settle(place: Place) -> list[str]:
    """Give what is left, and relay until nothing waits; return what does not come to its end."""
    place.note("everything is well again")
    place.account.faults = WELL
    if isinstance(place, Desk):
        place.anedot.accounts.fault = AnedotFault.OFF
    place.mend()
    broken = _give_what_is_left(place)
    if isinstance(place, Desk):
        broken += _fetch_all(place)
    _reactivate(place)
    place.run(place.desks[0], "push", NAME, "--failed")
    return broken + _relay_all(place)


def look(place: Place) -> list[str]:
    """Return which promises are broken, by the account's record, the files and plain rows."""
    kept = read(place.query)
    account = place.account
    requests = account.requests()
    changes = list(account.recorded.changes)
    broken = checker.accounted(place.given, kept) + checker.not_doubled(place.given, kept) + checker.sums_agree(kept)
    broken += checker.sent_is_true(kept.rows, changes, account.statuses())
    broken += checker.consent_kept(list(account.list_calls), list(account.evidence), changes, place.starts)
    broken += checker.never_six(kept)
    broken += checker.longest_row(requests, sorted(place.reactivations), sorted(place.unkept))
    broken += checker.pace_kept(requests, sorted(place.resumed))
    broken += place.own_findings() + place.troubles
    for folder in {station.folder for station in (*place.stations, *place.desks)}:
        station = next(one for one in (*place.stations, *place.desks) if one.folder == folder)
        broken += [f"{station.name} reports a fault of its own:\n{text}" for text in station.faults()]
    _count(place, kept, len(requests), checker.opt_outs_overtaken(changes))
    place.journal.most("most requests in a second", checker.most_in_a_second(requests))
    return [f"{place.name}: {one}" for one in broken]


def _count(place: Place, kept: Kept, requests: int, overtaken: int) -> None:
    place.count("requests", requests)
    place.count("attempts", len(kept.attempts))
    place.count("attempts that failed", sum(one.is_failed for one in kept.attempts))
    place.count("rows accounted for", len(kept.rows))
    place.count("opt-outs that overtook their answer", overtaken)
    for row in kept.rows:
        place.count(f"rows {row.state}")


def _give_what_is_left(place: Place) -> list[str]:
    broken = []
    for made in place.pending:
        made.write()
        codes: list[int] = []
        while not codes or (codes[-1] not in DONE and len(codes) < _TRIES):
            codes.append(place.run(place.desks[0], "import", NAME, str(made.path)))
        if codes[-1] in DONE:
            place.taken(made)
        else:
            broken.append(f"{made.given.name} cannot be imported: {codes}")
    return broken


def _fetch_all(desk: Desk) -> list[str]:
    if not desk.donated:
        return []
    words = ("fetch", NAME, "--from", desk.first_day, "--account", desk.anedot.uid)
    code = desk.run(desk.desks[0], *words)
    if code not in DONE:
        return [f"the last fetch ended with {code}"]
    desk.given.donations.update(desk.donated)
    return []


def _reactivate(place: Place) -> None:
    if place.connection_state() != "active":
        place.reactivations.append(time.monotonic())
        place.run(place.desks[0], "reactivate", NAME)


def _relay_all(place: Place) -> list[str]:
    """Relay at one station, again and again, until nobody waits."""
    pause, begun = threading.Event(), time.monotonic()
    station = place.stations[0]
    while left := place.number_of("waiting") + place.number_of("sending"):
        if time.monotonic() > begun + _PATIENCE + _LATE:
            return [f"{left} donors are still waiting: {station.output[-600:]}"]
        if not station.is_running():
            _reactivate(place)
            place.start(station, "relay", NAME)
        pause.wait(_POLL)
    for one in place.stations:
        one.kill()
    return []
