import threading
from concurrent.futures import ThreadPoolExecutor

from ac_desktop.lazy_property import is_made, lazy_property


class Desk:
    def __init__(self, barrier: threading.Barrier) -> None:
        self.barrier = barrier
        self.made = 0

    @lazy_property
    def drawer(self) -> list[str]:
        """Where things are kept."""
        self.made += 1
        return [self.label]

    @lazy_property
    def label(self) -> str:
        return "drawer"


def test_a_part_is_made_once_by_whichever_thread_comes_first() -> None:
    desk = Desk(threading.Barrier(4))

    def look() -> list[str]:
        desk.barrier.wait(20)
        return desk.drawer

    assert not is_made(desk, "drawer")
    with ThreadPoolExecutor(4) as hands:
        found = [done.result() for done in [hands.submit(look) for _ in range(4)]]
    assert desk.made == 1
    assert all(one is found[0] for one in found)
    assert is_made(desk, "drawer")
    assert is_made(desk, "label")
    assert Desk.drawer.__doc__ == "Where things are kept."
