"""Storage of attempts that end in an error of our own, before anything else happens (rule 1)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Outcome
from ac_desktop.relay.connection_run import Relay
from ac_desktop.store.errors import StoreError


def store_after_error(error: Exception, relay: Relay, *, carried_out: bool) -> Mapping[Outcome, int] | None:
    """Store an attempt that met an error after a request was sent; return the number of records by outcome.

    It is stored with its own result where it was complete, else as failed; without its steps where those are at fault.
    Return None where no request was sent, or where the store cannot be written to: then it counts as killed.
    """
    if not relay.has_sent:
        return None
    why = reason(ReasonCode.NOT_KEPT if isinstance(error, StoreError) else ReasonCode.OWN_FAULT)
    ways: list[Callable[[], None]] = [partial(relay.fail, why, with_steps=steps) for steps in (True, False)]
    if carried_out:
        ways.insert(0, lambda: None)
    for way in ways[:-1]:
        try:
            return _store(relay, way)
        except Exception:  # noqa: BLE001, S112  the first error is raised again; here the next way is tried
            continue
    return _store(relay, ways[-1])


def _store(relay: Relay, prepare: Callable[[], None]) -> Mapping[Outcome, int] | None:
    prepare()
    try:
        return relay.store_result()
    except StoreError:
        return None


@contextmanager
def released_on_error(release: Callable[[], object]) -> Iterator[None]:
    """Release a claim that is not relayed yet where an error occurs."""
    try:
        yield
    except BaseException:
        release()
        raise
