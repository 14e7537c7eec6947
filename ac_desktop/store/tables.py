"""The tables as peewee sees them, for composing the queries of lists and filters."""

from typing import Final

from peewee import Table

RECORD: Final = Table(
    "record",
    (
        "id",
        "connection_id",
        "batch_id",
        "row",
        "email",
        "phone",
        "first_name",
        "last_name",
        "page",
        "page_name",
        "team",
        "source",
        "donation_id",
        "donated_at",
        "state",
        "step",
        "contact_id",
        "contact_created",
        "tries",
        "next_try_at",
        "busy_waited",
        "cause",
        "reason",
        "owner",
        "lease_until",
        "changed_at",
    ),
)
BATCH: Final = Table("batch", ("id", "connection_id", "kind", "file_name", "sheet", "header", "queued_at"))
ATTEMPT: Final = Table(
    "attempt",
    (
        "id",
        "connection_id",
        "record_id",
        "started_at",
        "duration_ms",
        "outcome",
        "cause",
        "reason",
        "streak",
        "contact_payload",
        "list_payload",
        "steps",
    ),
)
EVENT: Final = Table("event", ("id", "connection_id", "at", "kind", "details", "who", "after_attempt"))
