"""office move-in, move-out, reopen: moves a queue into the office or out of it, and opens an office again."""

import argparse
from pathlib import Path

from ac_desktop.console.terminal import print_json, print_line, require_confirmation
from ac_desktop.model.wording import tr
from ac_desktop.reporting.move_texts import copied_lines, stage_text
from ac_desktop.store.moving.progress import MoveProgress, MoveStage, Report, say_nothing
from ac_desktop.store.moving.whole_queue import CopiedQueue
from ac_desktop.store.opening import queue_moves


def run(folder: Path, args: argparse.Namespace, given_password: str | None) -> None:
    """Do what the command says."""
    match args.action:
        case "move-in":
            _move_in(folder, args, given_password)
        case "move-out":
            _move_out(folder, args, given_password)
        case _:
            _reopen(folder, args, given_password)


def _move_in(folder: Path, args: argparse.Namespace, given_password: str | None) -> None:
    """Move the folder's own queue into its office."""
    moved = queue_moves(folder).move_in(given_password, _report(is_json=args.json))
    if args.json:
        print_json({**_as_json(moved.copied), "kept_as": str(moved.kept_as)})
        return
    _print_copied(moved.copied)
    print_line(
        tr(
            "This folder's own queue was saved as {file}. It's read-only, and contains donors. Delete it once you "
            "trust the office.",
            file=moved.kept_as,
        )
    )


def _move_out(folder: Path, args: argparse.Namespace, given_password: str | None) -> None:
    """Move the office's queue into another folder."""
    moved = queue_moves(folder).move_out(args.to, given_password, _report(is_json=args.json))
    if args.json:
        print_json({**_as_json(moved.copied), "folder": str(moved.folder)})
        return
    _print_copied(moved.copied)
    print_line(
        tr(
            "The queue is in {folder} now. The office is closed: its donors stay there to be read, and nothing is "
            "sent from it.",
            folder=moved.folder,
        )
    )


def _reopen(folder: Path, args: argparse.Namespace, given_password: str | None) -> None:
    """Open the office again whose queue was moved out, once that is confirmed."""
    question = tr(
        "The office's donors are still there as they were when its queue was moved. Those who wait in both places can "
        "be sent twice. Use the moved queue no more, or remove what it has sent from the office's queue."
    )
    if not args.yes:
        require_confirmation(
            asked=tr("{told} Reopen?", told=question),
            unattended=tr("{told} Nothing was changed. To confirm, add --yes.", told=question),
            declined=tr("Nothing was changed."),
        )
    waiting = queue_moves(folder).reopen(given_password)
    print_line(
        tr(
            "The office is open again. Its connections are paused and relay nothing automatically until a person "
            "resumes them. Donors waiting in its queue: {count}.",
            count=waiting,
        )
    )


def _report(*, is_json: bool) -> Report:
    if is_json:
        return say_nothing
    told: set[MoveStage] = set()

    def report(progress: MoveProgress) -> None:
        if progress.stage not in told:
            told.add(progress.stage)
            print_line(stage_text(progress.stage))

    return report


def _as_json(copied: CopiedQueue | None) -> dict[str, object]:
    if copied is None:
        return {"finished_earlier_move": True}
    return {
        "finished_earlier_move": False,
        "connections": [
            {"name": one.name, "new_name": one.new_name, "merged": one.is_merged} for one in copied.plan.connections
        ],
        "imports": copied.imports,
        "records": copied.records,
        "attempts": copied.attempts,
        "same_rows": copied.same_rows,
    }


def _print_copied(copied: CopiedQueue | None) -> None:
    for line in copied_lines(copied):
        print_line(line)
