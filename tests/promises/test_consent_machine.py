"""Consent as a model check: a short form of `python -m tests.promises.consent`, and that it finds what it is for."""

from collections.abc import Sequence

import pytest

from ac_desktop.activecampaign.memberships import MembershipReader
from ac_desktop.relay.worker import RecordRelay
from tests.promises.consent import HAPPENS, check
from tests.promises.counts import CONSENT_STEPS, count

STEPS = 800
"""More than enough for all that is to happen; `.ci/run` goes through 20,000."""


def test_nobody_is_put_onto_the_list_whom_the_attempt_does_not_know_to_be_free_of_it() -> None:
    done = check(STEPS)

    assert done.steps >= STEPS
    assert not [what for what in HAPPENS if not done.happened[what]], "something has come to happen no more"
    count(CONSENT_STEPS, done.steps)


def test_a_relay_that_does_not_ask_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def may_always(relay: RecordRelay) -> bool:  # noqa: ARG001  as the method
        return True

    monkeypatch.setattr(RecordRelay, "_may_join", may_always)

    with pytest.raises(AssertionError, match="neither created nor asked about"):
        check(STEPS, shrink=False)


def test_a_relay_that_reads_one_page_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_last(reading: MembershipReader, rows: Sequence[object]) -> bool:  # noqa: ARG001  as the method
        return True

    monkeypatch.setattr(MembershipReader, "_is_last", is_last)

    with pytest.raises(AssertionError, match="were never read"):
        check(STEPS, shrink=False)
