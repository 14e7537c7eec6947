"""An answer that is not complete in time is abandoned, even where every byte of it came soon enough."""

import pytest
import urllib3
from urllib3.exceptions import ReadTimeoutError

from ac_desktop.activecampaign.response_deadline import set_deadline
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer


@pytest.mark.parametrize(("seconds", "whole"), [(60.0, True), (0.0, False)])
def test_an_answer_counts_only_while_there_is_time_left(seconds: float, whole: bool) -> None:  # noqa: FBT001
    with PracticeServer(PracticeAccount(), rate=0) as server, urllib3.PoolManager() as pools:
        set_deadline(pools, lambda: seconds)
        try:
            answered = bool(pools.request("GET", server.url, retries=False).status)
        except ReadTimeoutError:
            answered = False
    assert answered is whole
