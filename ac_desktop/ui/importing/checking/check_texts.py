"""What the Check page says about a staged batch as a whole."""

from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.importing.import_state import CheckedTable


def seen_text(checked: CheckedTable) -> str:
    """Return how many of the rows an earlier import brought unchanged; "" where none did."""
    rows = checked.staged.result.rows
    fresh = rows - checked.unchanged
    if not checked.unchanged:
        return ""
    if checked.earlier is not None:
        return tr(
            "You already queued this file on {date}. New rows: {fresh} of {rows}.",
            date=formatting.exact(checked.earlier.queued_at),
            fresh=formatting.count(fresh),
            rows=formatting.count(rows),
        )
    return tr(
        "Already imported, unchanged: {number} of {rows} rows. New: {fresh}.",
        number=formatting.count(checked.unchanged),
        rows=formatting.count(rows),
        fresh=formatting.count(fresh),
    )


def account_text(checked: CheckedTable) -> str:
    """Return how many of a batch's rows go where."""
    counts = checked.kinds.counts
    text = tr(
        "Rows: {rows}. To send: {go}. To fix: {held}. Skipped: {skipped}.",
        rows=formatting.count(checked.staged.result.rows),
        go=formatting.count(counts.waiting),
        held=formatting.count(counts.held),
        skipped=formatting.count(counts.skipped),
    )
    if counts.rows != checked.staged.result.rows:
        text += " " + tr("The numbers don't add up. Rows saved: {told}.", told=formatting.count(counts.rows))
    left = []
    if checked.staged.trailer_rows:
        left.append(ntr("{count} totals row left out", "{count} totals rows left out", checked.staged.trailer_rows))
    if checked.staged.uncorrected_rows:
        left.append(
            ntr(
                "{count} row without a correction left unchanged",
                "{count} rows without a correction left unchanged",
                checked.staged.uncorrected_rows,
            )
        )
    if checked.staged.blank_rows:
        left.append(ntr("{count} blank row left out", "{count} blank rows left out", checked.staged.blank_rows))
    return f"{text} {', '.join(left)}." if left else text
