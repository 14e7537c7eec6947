"""Who is held, and the sentence that says why, with the list named as the person knows it."""

from dataclasses import replace

import pytest

from ac_desktop.activecampaign.memberships import Membership
from ac_desktop.activecampaign.responses import ListStatus
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.relay.consent import why_held, why_membership_held
from tests.made_up import settings

NAMED = replace(settings(), list_id="19", list_name="Donors")
NAMELESS = replace(NAMED, list_name="")


@pytest.mark.parametrize(
    ("status", "since", "code", "values"),
    [
        (ListStatus.UNSUBSCRIBED, "2026-08-02", ReasonCode.UNSUBSCRIBED, {"list": "Donors", "date": "2026-08-02"}),
        (ListStatus.UNSUBSCRIBED, "", ReasonCode.UNSUBSCRIBED_UNDATED, {"list": "Donors"}),
        (ListStatus.BOUNCED, "2026-08-02", ReasonCode.BOUNCED, {"list": "Donors"}),
        (ListStatus.UNCONFIRMED, "", ReasonCode.UNCONFIRMED, {"list": "Donors"}),
        (ListStatus.REMOVED, "2026-08-02", ReasonCode.REMOVED_FROM_LIST, {"list": "Donors", "status": "91"}),
        (7, "", ReasonCode.STATUS_UNKNOWN, {"list": "Donors", "status": "7"}),
        (-1, "", ReasonCode.STATUS_UNKNOWN, {"list": "Donors", "status": "-1"}),
    ],
)
def test_who_left_bounced_or_has_not_confirmed_is_held_with_the_list_named(
    status: int, since: str, code: ReasonCode, values: dict[str, str]
) -> None:
    reported = why_held(status, NAMED, since)
    assert reported is not None
    assert (reported.code, reported.values) == (code, values)
    nameless = why_held(status, NAMELESS, since)
    assert nameless is not None
    assert nameless.values["list_id"] == "19", "a list whose name is not known goes by its number"
    assert "list 19" in nameless.text


def test_who_is_on_the_list_is_not_held() -> None:
    assert why_held(ListStatus.ACTIVE, NAMED) is None


def test_the_date_is_the_memberships_own() -> None:
    judged = why_membership_held(Membership(status=ListStatus.UNSUBSCRIBED, since="2026-08-02"), NAMED)
    assert judged is not None
    assert judged.values["date"] == "2026-08-02"
