"""What the tests of the queue share."""

from ac_desktop.store.queue.claims import NoClaim
from tests.made_up import NOW, Store


def no_claim(store: Store, connection_id: int, now: float = NOW, through: int | None = None) -> NoClaim:
    got = store.queue.claim(connection_id, now, through)
    assert isinstance(got, NoClaim), got
    return got
