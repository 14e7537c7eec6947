"""What people read of a queue that moves into an office or out of it: its stages, and the proof that all of it came."""

from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.moving.progress import MoveStage
from ac_desktop.store.moving.whole_queue import CopiedQueue


def stage_text(stage: MoveStage) -> str:
    """Return what a move is doing."""
    match stage:
        case MoveStage.PREPARING:
            return tr("Checking that nothing is under way…")
        case MoveStage.COPYING:
            return tr("Copying donors and history…")
        case MoveStage.COMPARING:
            return tr("Comparing the sums of both queues…")
        case MoveStage.FINISHING:
            return tr("Finishing…")


def copied_lines(copied: CopiedQueue | None) -> list[str]:
    """Return what was moved, a sentence a line; None is a move that had been complete before."""
    if copied is None:
        return [tr("An earlier move was complete already. It's finished now.")]
    lines = [
        tr(
            "Moved: {donors}, {attempts}. The sums of both queues are equal.",
            donors=ntr("{count} donor", "{count} donors", copied.records),
            attempts=ntr("{count} attempt", "{count} attempts", copied.attempts),
        )
    ]
    for one in copied.plan.connections:
        if one.is_merged:
            lines.append(tr("“{name}” is “{new_name}” in the office.", name=one.name, new_name=one.new_name))
        elif one.name != one.new_name:
            lines.append(tr("“{name}” is named “{new_name}” now.", name=one.name, new_name=one.new_name))
    if copied.same_rows:
        lines.append(tr("Skipped, as the same row was in both queues: {donors}.", donors=copied.same_rows))
    return lines
