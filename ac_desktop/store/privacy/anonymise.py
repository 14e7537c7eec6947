"""Anonymisation of records and attempts within the caller's transaction; counts, row hashes and outcomes stay.

An anonymous record still counts in its batch's import result, and its row is still recognised by its hash.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ac_desktop.model.attempts import StepLog
from ac_desktop.model.reason_codes import BY_SCOPE
from ac_desktop.model.reasons import Reason
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.ports import Sql

LEFT_OUT: Final = "…"
"""Replaces the donor's own words in a sentence."""
_OF_A_DONOR: Final = frozenset({"email", "detail", "was"})
_BY_SCOPE: Final = ", ".join(f"'{code.value}'" for code in sorted(BY_SCOPE))


def anonymise_records(sql: Sql, record_ids: Sequence[int], now: float) -> None:
    """Remove the donor, the source row, the edits and the texts of decisions from records.

    Rows that another scope would include lose their hash, so that their file can be imported again.
    """
    these = f"({','.join('?' * len(record_ids))})"
    reasons = sql.rows(f"SELECT id, reason FROM record WHERE id IN {these} AND reason IS NOT NULL", record_ids)
    bare = [(bare_reason(row["reason"]), row["id"]) for row in reasons]
    sql.execute(
        "UPDATE record SET email = '', phone = '', first_name = '', last_name = '', source = '', donation_id = '',"
        f" donated_at = '', contact_id = NULL, warnings = NULL, forgotten_at = ? WHERE id IN {these}",
        (now, *record_ids),
    )
    sql.many("UPDATE record SET reason = ? WHERE id = ?", bare)
    sql.execute(f"DELETE FROM email_at WHERE email = '' AND record_id IN {these}", record_ids)
    sql.execute(f"DELETE FROM source_row WHERE record_id IN {these}", record_ids)
    sql.execute(f"DELETE FROM edit WHERE record_id IN {these}", record_ids)
    for side in ("record_id", "replaced_by"):
        sql.execute(f"UPDATE correction SET was_reason = NULL WHERE {side} IN {these}", record_ids)
    sql.execute(f"UPDATE decision SET why = '' WHERE record_id IN {these}", record_ids)
    events = sql.rows(f"SELECT id, details FROM event WHERE record_id IN {these}", record_ids)
    sql.many("UPDATE event SET details = ? WHERE id = ?", [(_without_why(row["details"]), row["id"]) for row in events])
    sql.execute(
        "DELETE FROM seen_row WHERE (connection_id, row_hash, record_id) IN (SELECT connection_id, row_hash, id"
        f" FROM record WHERE id IN {these} AND state = 'skipped' AND reason_code IN ({_BY_SCOPE}))",
        record_ids,
    )


def anonymise_attempts(sql: Sql, attempt_ids: Sequence[int], now: float) -> None:
    """Remove payloads and responses from attempts; their time, steps, duration and outcome stay."""
    these = f"({','.join('?' * len(attempt_ids))})"
    rows = sql.rows(f"SELECT id, reason, steps FROM attempt WHERE id IN {these}", attempt_ids)
    sql.many(
        "UPDATE attempt SET contact_payload = '{}', list_payload = NULL, reason = ?, steps = ?, emptied_at = ?"
        " WHERE id = ?",
        [
            (bare_reason(why) if why else None, encode_steps(tuple(map(_emptied, decode_steps(steps)))), now, number)
            for number, why, steps in rows
        ],
    )


def bare_reason(text: str) -> str:
    """Return a stored reason without the donor's values."""
    why = Reason.from_json(text)
    values = {name: LEFT_OUT if name in _OF_A_DONOR else value for name, value in why.values.items()}
    return Reason(why.code, values).to_json()


def _without_why(details: str) -> str:
    """Return an event's details without what a person wrote about the donor."""
    kept = {name: value for name, value in json.loads(details).items() if name != "why"}
    return json.dumps(kept, ensure_ascii=False)


def _emptied(step: StepLog) -> StepLog:
    return replace(step, path=step.path.split("?")[0], response="", cut=False, headers=(), request=None)
