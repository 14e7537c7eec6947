"""What the notices about what runs by itself say."""

from ac_desktop.model.wording import tr
from ac_desktop.store.history.notices import Notice, NoticeCode


def notice_text(notice: Notice, connection: str) -> str:
    """Return what a person should know, and of which connection."""
    details = notice.details
    match notice.code:
        case NoticeCode.SWITCHED_OFF:
            return tr("{name}: the connection is inactive after five failures in a row.", name=connection)
        case NoticeCode.HELD_WAITING:
            return tr(
                "{name}: held donors wait for your decision. Held: {count}.",
                name=connection,
                count=details.get("count", ""),
            )
        case NoticeCode.IMPORT_NEEDS_ANSWER if details.get("file"):
            return tr(
                "{name}: “{file}” wasn't queued. Import it yourself and decide what is unclear.",
                name=connection,
                file=details["file"],
            )
        case NoticeCode.IMPORT_NEEDS_ANSWER:
            return tr(
                "{name}: donations from Anedot weren't queued. Fetch them yourself and decide what is unclear.",
                name=connection,
            )
        case NoticeCode.DONE_WITH_FAILURES:
            return tr(
                "{name}: the relay ended with failed donors. Failed: {count}.",
                name=connection,
                count=details.get("count", ""),
            )
        case NoticeCode.KEY_MISSING:
            return tr("{name}: there is no API key, so no donor is sent.", name=connection)
        case NoticeCode.FETCH_FAILED:
            return tr("{name}: donations couldn't be fetched from Anedot.", name=connection)
        case NoticeCode.FOLDER_UNREADABLE:
            return tr("{name}: the watched folder can't be read.", name=connection)
