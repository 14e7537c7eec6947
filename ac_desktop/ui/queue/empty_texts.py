"""The texts of a queue that shows no donor."""

from dataclasses import dataclass

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr


@dataclass(frozen=True)
class EmptyContent:
    """What an empty table says and offers."""

    title: str = ""
    text: str = ""
    is_filtered: bool = False
    can_add: bool = False


def empty_title(state: RecordState | None, *, is_filtered: bool) -> str:
    """Return the title of a queue that shows nobody."""
    if is_filtered:
        return tr("No donors found")
    return tr("No donors yet") if state is None else tr("No donors here")


def no_match_text(text: str) -> str:
    """Return that nothing was found, and the way back."""
    if not text:
        return tr("No donors match these filters.")
    return tr("No donors match “{text}”. To clear the filter, press Esc.", text=text)


def empty_text(state: RecordState | None, *, has_connection: bool) -> str:
    """Return what an empty tab means."""
    if not has_connection:
        return tr("To begin, connect ActiveCampaign: Connection > New connection…")
    match state:
        case None:
            return tr("Drop a CSV or Excel file here, or add a donor (Ctrl+N).")
        case RecordState.WAITING:
            return tr("No donors are waiting. Everything that could be sent was sent.")
        case RecordState.SENDING:
            return tr("Nothing is being sent right now.")
        case RecordState.HELD:
            return tr("No donors are held.")
        case RecordState.FAILED:
            return tr("✓ No failures.")
        case RecordState.SENT:
            return tr("Sent donors appear here with their ActiveCampaign contact ID.")
        case RecordState.SKIPPED:
            return tr("No rows were skipped.")
