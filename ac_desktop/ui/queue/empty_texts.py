"""The texts of a queue that shows no donor."""

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr


def empty_title(state: RecordState | None, *, is_filtered: bool) -> str:
    """Return the title of a queue that shows nobody."""
    if is_filtered:
        return tr("Nobody found")
    return tr("No donors yet") if state is None else tr("Nobody here")


def no_match_text(text: str) -> str:
    """Return that nothing was found, and the way back."""
    if not text:
        return tr("No donors match these filters.")
    return tr("No donor matches “{text}”. Clear filter: Esc", text=text)


def empty_text(state: RecordState | None, *, has_connection: bool) -> str:
    """Return what an empty tab means."""
    if not has_connection:
        return tr("Connect ActiveCampaign to begin: Connection, New connection…")
    match state:
        case None:
            return tr("No donors yet. Drop a CSV or Excel file here, or add one by hand (Ctrl+N).")
        case RecordState.WAITING:
            return tr("Nothing is waiting. Everything that could be sent has been sent.")
        case RecordState.SENDING:
            return tr("Nothing is being sent right now.")
        case RecordState.HELD:
            return tr("Nobody needs a decision from you.")
        case RecordState.FAILED:
            return tr("✓ No failures.")
        case RecordState.SENT:
            return tr("Sent donors will be listed here with their ActiveCampaign number.")
        case RecordState.SKIPPED:
            return tr("No row was skipped.")
