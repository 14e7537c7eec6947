"""Compression of attempts' steps: ActiveCampaign's responses are long and similar."""

import json
import zlib
from typing import Final

from ac_desktop.model.attempts import StepLog
from ac_desktop.model.payload import JsonObject

LONGEST_RESPONSE: Final = 64 * 1024
"""Characters of a response body that are stored; a longer one is cut and marked."""

_DICTIONARY: Final = (
    b'{"errors":[{"title":"Contact Email Address is not valid.","detail":"","code":"email_invalid","error":'
    b'"must_be_valid_email_address","source":{"pointer":"/data/attributes/email"}}]}{"message":"No Result found for '
    b'Subscriber with id "},"contactLists":[{"contacts":[{"contactList":{"contact":"1","list":"1","form":null,'
    b'"seriesid":"0","sdate":"2026-01-01T00:00:00-05:00","udate":"2026-","status":1,"responder":"1","sync":"0",'
    b'"unsubreason":"","campaign":null,"message":null,"first_name":"","last_name":"","ip4Sub":"0","sourceid":"3",'
    b'"autosyncLog":null,"ip4_last":"0","ip4Unsub":"0","created_timestamp":"2026-","updated_timestamp":"2026-",'
    b'"created_by":"0","updated_by":"0","unsubscribeAutomation":null,"links":{"automation":"https:\\/\\/.api-us1.com'
    b'\\/api\\/3\\/contactLists\\/1\\/automation","unsubscribeAutomation":"form":"list":"contact":"message":"campaign":'
    b'"autosyncLog":"},"id":"1","automation":null}}{"fieldValues":[],"contact":{"cdate":"2026-","email":"@example.com",'
    b'"phone":"","firstName":"","lastName":"","orgid":"0","orgname":"","segmentio_id":"","bounced_hard":"0",'
    b'"bounced_soft":"0","bounced_date":null,"ip":"0","ua":null,"hash":"","socialdata_lastcheck":null,"email_local":"",'
    b'"email_domain":"","sentcnt":"0","rating_tstamp":null,"gravatar":"0","deleted":"0","anonymized":"0","adate":null,'
    b'"udate":"","edate":null,"deleted_at":null,"created_utc_timestamp":"","updated_utc_timestamp":"","email_empty":'
    b'false,"links":{"bounceLogs":"https:\\/\\/.api-us1.com\\/api\\/3\\/contacts\\/1\\/bounceLogs",'
    b'"contactAutomations":"\\/contactAutomations?limit=1000&orders%5Blastdate%5D=DESC","contactData":"\\/contactData",'
    b'"contactGoals":"\\/contactGoals","contactLists":"\\/contactLists","contactLogs":"\\/contactLogs","contactTags":'
    b'"\\/contactTags","contactDeals":"\\/contactDeals","deals":"\\/deals","fieldValues":"\\/fieldValues","geoIps":'
    b'"\\/geoIps","notes":"\\/notes","organization":"\\/organization","plusAppend":"\\/plusAppend","trackingLogs":'
    b'"\\/trackingLogs","scoreValues":"\\/scoreValues","accountContacts":"\\/accountContacts",'
    b'"automationEntryCounts":"\\/automationEntryCounts"},"fieldValues":[],"id":"1","organization":null}}'
    b'[["contact","POST","/contact/sync",200,"list","POST","/contactLists",201,[["X-Request-Id","'
)
"""The zlib dictionary with the usual content of responses; it must never change, as stored steps need it to be read.

With it the steps of a relayed donor take 886 bytes, not 1,144 (tests/benchmarks/README.md).
"""


def encode_steps(steps: tuple[StepLog, ...]) -> bytes:
    """Return an attempt's steps compressed."""
    rows = [
        [s.step, s.method, s.path, s.status, s.response, s.cut, s.headers, s.duration_ms, s.trouble, s.request]
        for s in steps
    ]
    compressor = zlib.compressobj(zdict=_DICTIONARY)
    return (
        compressor.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()) + compressor.flush()
    )


def decode_steps(compressed: bytes) -> tuple[StepLog, ...]:
    """Return the steps compressed by `encode_steps`, also those that a version stored without the dictionary."""
    return tuple(_step(*row) for row in json.loads(zlib.decompressobj(zdict=_DICTIONARY).decompress(compressed)))


def _step(
    step: str,
    method: str,
    path: str,
    status: int | None,
    response: str,
    cut: bool,  # noqa: FBT001  the order in which steps are stored
    headers: list[list[str]],
    duration_ms: int,
    trouble: str,
    request: JsonObject | None,
) -> StepLog:
    return StepLog(
        step=step,
        method=method,
        path=path,
        status=status,
        response=response,
        cut=cut,
        headers=tuple((name, value) for name, value in headers),
        duration_ms=duration_ms,
        trouble=trouble,
        request=request,
    )
