"""A round: a desk and an office at the same time, each with people, mishaps and an end at which all is counted."""

import shutil
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.nemesis.bureau import Bureau
from tests.nemesis.desk import Desk
from tests.nemesis.hands import Hands
from tests.nemesis.journal import Journal
from tests.nemesis.mishaps import Mishaps
from tests.nemesis.place import Place
from tests.nemesis.settling import look, settle
from tests.office.workstations import USUAL_PRIORITY, set_priority

PLACES: Final[dict[str, Callable[[str, int, Journal], Place]]] = {"desk": Desk, "office": Bureau}


def play(seed: str, number: int, seconds: float, names: tuple[str, ...], journal: Journal) -> list[str]:
    """Let everything happen for so many seconds; return which promises were broken."""
    journal.note("round", f"{number} of seed {seed}, {', '.join(names)}")
    with ThreadPoolExecutor(len(names)) as pool:
        played = [
            pool.submit(_play, PLACES[name], name, f"{seed}-{number}", number, seconds, journal) for name in names
        ]
        broken = [one for place in played for one in place.result()]
    for one in broken:
        journal.note("BROKEN", one)
    return broken


def _play(
    make: Callable[[str, int, Journal], Place], name: str, seed: str, number: int, seconds: float, journal: Journal
) -> list[str]:
    place: Place | None = None
    try:
        place = make(seed, number, journal)
        _work(place, time.monotonic() + seconds)
        broken = settle(place) + look(place)
        if broken:
            _keep(place, journal.path.with_suffix(f".{number}.{place.name}"))
    except Exception:  # noqa: BLE001  the other place goes on, and what failed is a finding
        return [f"{name}: the proof itself failed:\n{traceback.format_exc()}"]
    else:
        return broken
    finally:
        if place is not None:
            place.close()


def _work(place: Place, until: float) -> None:
    """Let people work while mishaps happen."""
    mishaps = Mishaps(place)
    people = [Hands(place, desk, number) for number, desk in enumerate(place.desks)]
    threads = [threading.Thread(target=_usual(person.work), args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        mishaps.go_on(until)
    finally:
        for thread in threads:
            thread.join()


def _usual(work: Callable[[float], None]) -> Callable[[float], None]:
    """Return work whose commands have no more of the processor than other programs; the account answers before them."""

    def worked(until: float) -> None:
        set_priority(threading.get_native_id(), USUAL_PRIORITY)
        work(until)

    return worked


def _keep(place: Place, folder: Path) -> None:
    """Keep what a break can be traced by: the outputs, and the desk's database."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for station in (*place.stations, *place.desks):
        (folder / f"{station.name}.output").write_text(station.output, encoding="utf-8")
    if isinstance(place, Desk):
        for file in place.disk.folder.glob("*.sqlite3*"):
            shutil.copy2(file, folder)
