"""Attempts that meet an error: what is kept of them, before anything else happens (rule 1)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Outcome
from ac_desktop.relay.connection_run import Relay
from ac_desktop.store.errors import StoreError


def keep_in_spite_of(error: Exception, relay: Relay, *, carried_out: bool) -> Mapping[Outcome, int] | None:
    """Keep an attempt that met an error after a request left; return how many records ended how.

    It is kept as it ended where it had been carried out, else as failed; without its steps where those are at fault.
    Return None where no request left, or where the store cannot be written to: then it counts as killed.
    """
    if not relay.has_asked:
        return None
    why = reason(ReasonCode.NOT_KEPT if isinstance(error, StoreError) else ReasonCode.OWN_FAULT)
    ways: list[Callable[[], None]] = [partial(relay.fail, why, with_steps=steps) for steps in (True, False)]
    if carried_out:
        ways.insert(0, lambda: None)
    for way in ways[:-1]:
        try:
            return _kept(relay, way)
        except Exception:  # noqa: BLE001, S112  the error that began it is told; here the next way is tried
            continue
    return _kept(relay, ways[-1])


def _kept(relay: Relay, prepare: Callable[[], None]) -> Mapping[Outcome, int] | None:
    prepare()
    try:
        return relay.keep()
    except StoreError:
        return None


@contextmanager
def given_back_on_error(give_back: Callable[[], object]) -> Iterator[None]:
    """Release what is claimed and not relayed yet, where an error comes in between."""
    try:
        yield
    except BaseException:
        give_back()
        raise
