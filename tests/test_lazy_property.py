import threading
from concurrent.futures import ThreadPoolExecutor

from ac_desktop.lazy_property import is_made, lazy_property


class Example:
    def __init__(self, barrier: threading.Barrier) -> None:
        self.barrier = barrier
        self.made = 0

    @lazy_property
    def parts(self) -> list[str]:
        """Where things are kept."""
        self.made += 1
        return [self.label]

    @lazy_property
    def label(self) -> str:
        return "parts"


def test_a_part_is_made_once_by_whichever_thread_comes_first() -> None:
    example = Example(threading.Barrier(4))

    def read() -> list[str]:
        example.barrier.wait(20)
        return example.parts

    assert not is_made(example, "parts")
    with ThreadPoolExecutor(4) as threads:
        found = [done.result() for done in [threads.submit(read) for _ in range(4)]]
    assert example.made == 1
    assert all(one is found[0] for one in found)
    assert is_made(example, "parts")
    assert is_made(example, "label")
    assert Example.parts.__doc__ == "Where things are kept."
