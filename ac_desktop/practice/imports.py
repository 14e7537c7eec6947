"""The calls about bulk imports (reference "Bulk import")."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus

from ac_desktop.practice.bulk import BODY_LIMIT, MOST_CONTACTS, Batch, BatchStatus, ImportRow
from ac_desktop.practice.faults import BulkFailure
from ac_desktop.practice.records import has_address_form
from ac_desktop.practice.requests import ApiCall, CallRefused, record_id
from ac_desktop.practice.responses import Json, PracticeResponse, answer

_NAMES = {"email": "email", "phone": "phone", "first_name": "firstName", "last_name": "lastName"}
NOT_VALID = "JSON payload did not pass validation. Please fix failure Reasons and retry. The import was not queued."


def refused(message: str, *reasons: Json) -> PracticeResponse:
    """Return the answer to a batch that is not imported."""
    body: dict[str, Json] = {"success": 0, "message": message}
    if reasons:
        body["failureReasons"] = list(reasons)
    return answer(body, HTTPStatus.BAD_REQUEST)


def take(call: ApiCall) -> PracticeResponse:
    """Answer `POST import/bulk_import`: one bad row rejects the batch, and 200 means queued, no more."""
    if len(call.body) >= BODY_LIMIT:
        return refused(NOT_VALID, f"The payload must be smaller than {BODY_LIMIT} bytes.")
    contacts = call.json().get("contacts")
    if not isinstance(contacts, list) or not contacts:
        return refused(NOT_VALID, "'contacts' is a required field.")
    if len(contacts) > MOST_CONTACTS:
        return refused(NOT_VALID, f"Up to {MOST_CONTACTS} contacts may be imported at once.")
    limit = call.account.bulk.admit(len(contacts), call.at)
    if limit:
        return refused(
            "Rate limit exceeded.",
            f"Up to {limit} imports may be requested per minute."
            "Please batch contacts into larger requests, or retry this request in a minute.",
        )
    batch = call.account.bulk.take(import_rows(contacts), call.at, call.faults)
    return answer(
        {"Success": 1, "queued_contacts": len(contacts), "batchId": batch.id, "message": "Contact import queued"}
    )


def import_rows(contacts: list[Json]) -> list[ImportRow]:
    """Return the rows of a batch. Raises CallRefused where one has no usable address."""
    reasons: list[Json] = []
    rows: list[ImportRow] = []
    for position, sent in enumerate(contacts):
        row = _row(sent) if isinstance(sent, dict) else None
        if row is None:
            reasons.append({"contact": position, "failureReason": "Field 'email' incorrect format"})
        else:
            rows.append(row)
    if reasons:
        raise CallRefused(refused(NOT_VALID, *reasons))
    return rows


def _row(sent: dict[str, Json]) -> ImportRow | None:
    values = {ours: str(sent[theirs]) for theirs, ours in _NAMES.items() if sent.get(theirs) is not None}
    if not has_address_form(values.get("email", "")):
        return None
    return ImportRow(values, _list_ids(sent.get("subscribe")), _list_ids(sent.get("unsubscribe")))


def _list_ids(value: Json) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else []
    return tuple(record_id(entry.get("listid")) for entry in entries if isinstance(entry, dict))


def info(call: ApiCall) -> PracticeResponse:
    """Answer `GET import/info?batchId=…`; the status is `false` in the first second and for an unknown batch."""
    batch_id = call.query.get("batchId", "")
    if not batch_id:
        return refused("'batchId' is a required field.")
    batch = call.account.bulk.batches.get(batch_id)
    status = BatchStatus.UNKNOWN if batch is None else batch.status(call.at)
    body: dict[str, Json] = {
        "status": False if status is BatchStatus.UNKNOWN else status.value,
        "success": list(batch.created) if batch else [],
    }
    return answer(body | _failure(batch, call.faults.bulk_failure))


def _failure(batch: Batch | None, shape: BulkFailure) -> dict[str, Json]:
    """Return the failed addresses in the form that the fault says; the documented form is a list of addresses."""
    failed = list(batch.failed) if batch else []
    places = [place for place, row in enumerate(batch.rows if batch else ()) if row.values["email"] in failed]
    why = "Field 'email' incorrect format"
    shapes: dict[BulkFailure, Json] = {
        BulkFailure.ADDRESSES: list[Json](failed),
        BulkFailure.RENAMED: list[Json](failed),
        BulkFailure.OBJECTS: [{"email": address, "failureReason": why} for address in failed],
        BulkFailure.BY_ADDRESS: dict.fromkeys(failed, why),
        BulkFailure.TEXT: ", ".join(failed),
        BulkFailure.COUNT: len(failed),
        BulkFailure.INDICES: list[Json](places),
        BulkFailure.BRACKETED: [f"<{address}>" for address in failed],
        BulkFailure.MIXED: [address if at % 2 else {"email": address} for at, address in enumerate(failed)],
        BulkFailure.EMPTY: [],
        BulkFailure.NULL: None,
    }
    if shape is BulkFailure.MISSING:
        return {}
    return {"failures" if shape is BulkFailure.RENAMED else "failure": shapes[shape]}


def overview(call: ApiCall) -> PracticeResponse:
    """Answer `GET import/bulk_import`: what is outstanding and what was done, by day."""
    batches = call.account.bulk.batches.values()
    return answer(
        {
            "outstanding": _by_day(batch for batch in batches if not batch.done),
            "recentlyCompleted": _by_day(batch for batch in batches if batch.done),
        }
    )


def _by_day(batches: Iterable[Batch]) -> list[dict[str, str]]:
    days: dict[str, list[int]] = defaultdict(list)
    for batch in batches:
        days[datetime.fromtimestamp(batch.at, UTC).date().isoformat()].append(len(batch.rows))
    return [
        {"forDate": day, "batches": str(len(sizes)), "contacts": str(sum(sizes))} for day, sizes in sorted(days.items())
    ]
