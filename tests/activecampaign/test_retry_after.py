"""An account that is busy says when to come back: 429, and 503 with Retry-After (rule 5)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ac_desktop.activecampaign.requests import NoResponse, Response, TransportFailure
from ac_desktop.activecampaign.responses import (
    Busy,
    read_busy,
    retry_after,
)
from tests.activecampaign.responses import OUTAGE, SHORT_BODY, got
from tests.made_up import NOW


@pytest.mark.parametrize(
    ("reply", "busy"),
    [
        (got(429), Busy(None)),
        (got(429, retry_after="30"), Busy(30.0)),
        (got(503, retry_after="1"), Busy(1.0)),
        (got(503), None),
        (got(503, OUTAGE), None),
        (got(500, retry_after="1"), None),
        (got(200, SHORT_BODY), None),
        (NoResponse(trouble=TransportFailure.LOST), None),
    ],
)
def test_busy_is_429_and_503_that_says_when_to_come_back(reply: Response | NoResponse, busy: Busy | None) -> None:
    assert read_busy(reply, NOW) == busy


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30.0),
        (" 1 ", 1.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("Wed, 18 Nov 2020 12:26:40 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9999999999", None),
    ],
)
def test_retry_after_is_read_in_seconds(text: str, seconds: float | None) -> None:
    assert retry_after(got(429, retry_after=text), NOW) == seconds


def test_retry_after_is_read_as_a_date() -> None:
    at_ten = retry_after(got(429, retry_after="Sun, 06 Nov 1994 08:49:37 GMT"), 784111777.0 - 10)

    assert at_ten == 10.0


@given(
    st.text(max_size=40)
    | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} (Jan|Dec|Nov) \d{1,5} \d{2}:\d{2}:\d{2} (GMT|[+-]\d{4})", fullmatch=True)
)
@example("Mon, 01 Jan 0001 00:00:00 -0000")
@example("Fri, 31 Dec 9999 23:59:59 -0000")
@example("Fri, 31 Dec 9999 23:59:59 -2359")
def test_no_retry_after_breaks_the_reader_or_gives_a_negative_wait(text: str) -> None:
    wait = retry_after(got(429, retry_after=text), NOW)

    assert wait is None or wait >= 0
