"""What of each table is a number that another queue has given already, and in which order tables are filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class MovedTable:
    """A table whose rows are moved in the order of `key`.

    `ids` are its columns with IDs, by the table whose they are; `cleared` are those that get another value. Of `json`
    the IDs are within a text.
    """

    name: str
    key: tuple[str, ...] = ("id",)
    ids: Mapping[str, str] = field(default_factory=dict)
    cleared: Mapping[str, str] = field(default_factory=dict)
    json: str = ""


def _ids(**columns: str) -> Mapping[str, str]:
    return MappingProxyType(columns)


LOADING: Final = "moving"
"""The owner of batches that are on their way: what indexes the texts of queued records leaves them for later."""

STREAMED: Final = (
    MovedTable("bulk_batch", ids=_ids(id="bulk_batch", connection_id="connection")),
    MovedTable(
        "batch",
        ids=_ids(id="batch", connection_id="connection", first_record="record", last_record="record"),
        cleared=MappingProxyType({"loading_owner": f"'{LOADING}'"}),
    ),
    MovedTable(
        "record",
        ids=_ids(
            id="record",
            connection_id="connection",
            batch_id="batch",
            bulk_batch_id="bulk_batch",
            confirmed_in="attempt",
        ),
    ),
    MovedTable("source_row", ("record_id",), _ids(record_id="record")),
    MovedTable("email_at", ("email", "record_id"), _ids(record_id="record")),
    MovedTable(
        "seen_row",
        ("connection_id", "row_hash", "record_id"),
        _ids(connection_id="connection", record_id="record"),
    ),
    MovedTable("tally", ("connection_id", "batch_id", "state"), _ids(connection_id="connection", batch_id="batch")),
    MovedTable(
        "attempt",
        ids=_ids(id="attempt", connection_id="connection", record_id="record", bulk_batch_id="bulk_batch"),
    ),
    MovedTable("event", ids=_ids(id="event", connection_id="connection", after_attempt="attempt"), json="details"),
    MovedTable("edit", ids=_ids(id="edit", record_id="record")),
    MovedTable("decision", ids=_ids(id="decision", connection_id="connection", record_id="record")),
    MovedTable("bulk_member", ("bulk_batch_id", "record_id"), _ids(bulk_batch_id="bulk_batch", record_id="record")),
    MovedTable(
        "correction",
        ("batch_id", "row"),
        _ids(batch_id="batch", record_id="record", replaced_by="record"),
    ),
    MovedTable(
        "bin", ids=_ids(id="bin", connection_id="connection", record_id="record", removal="removal"), json="kept"
    ),
    MovedTable("fetched_donation", ("connection_id", "donation_hash", "left_out"), _ids(connection_id="connection")),
)
"""The tables that are long, in an order in which each row finds those that it names."""
OF_CONNECTION: Final = (
    MovedTable("watched_folder", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("automatic_relay", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("schedule", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("last_look", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("fetched_days", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("automatic_action", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("anedot_source", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("list_reading", ("connection_id",), _ids(connection_id="connection")),
    MovedTable("notice", ids=_ids(id="notice", connection_id="connection")),
    MovedTable("webhook_body", ("connection_id", "body_hash"), _ids(connection_id="connection")),
)
"""The tables of which a connection that is there already has its own rows, which stay."""
SHARED: Final = (
    MovedTable("account", ("host",)),
    MovedTable("layout", ("fingerprint",)),
    MovedTable("setting", ("name",)),
    MovedTable("anedot_turn", ("account_uid",)),
    MovedTable("anedot_requests", ("account_uid", "month")),
)
"""The tables of which no connection has rows of its own; what is there already stays."""
BY_THEMSELVES: Final = frozenset({"connection", "team", "secret"})
"""The tables whose rows are compared one by one with those that are there."""
NUMBERED: Final = tuple(table.name for table in (*STREAMED, *OF_CONNECTION) if table.ids.get("id") == table.name)
"""The tables whose rows get new IDs, but for the connections."""
