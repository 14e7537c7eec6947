"""Status columns that are not read, as sentences for people and as JSON for scripts."""

from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.model.wording import tr


def unread_text(one: UnreadColumn) -> str:
    """Return the sentence about a column for a person."""
    values = ", ".join(f"{value} {number}" for value, number in one.values.items())
    if one.others:
        values = tr("{values}, other values {number}", values=values, number=one.others)
    if one.is_partly_read:
        return tr("Some values of the column {column} aren't used: {values}.", column=one.column, values=values)
    return tr("The column {column} isn't used. Its values are {values}.", column=one.column, values=values)


def unread_json(one: UnreadColumn) -> dict[str, object]:
    """Return the JSON object of a column; `other_rows` have values beyond those named."""
    json_object: dict[str, object] = {"column": one.column, "values": dict(one.values)}
    return json_object | ({"other_rows": one.others} if one.others else {})
