from pathlib import Path

import pytest

from ac_desktop.importing.sources.watched_folder import DONE, FolderScan, move_to_done, new_file_at

CSV = "Email\nann@example.org\n"


def ready(look: FolderScan) -> list[Path]:
    return [observed.path for observed in look.ready()]


def test_a_file_is_given_out_once_it_has_come_to_rest(tmp_path: Path) -> None:
    look = FolderScan(tmp_path)
    path = tmp_path / "donors.csv"
    assert ready(look) == []
    path.write_text(CSV)
    assert ready(look) == [], "it may still be being written"
    path.write_text(CSV * 2)
    assert ready(look) == [], "it was"
    assert ready(look) == [path]
    assert ready(look) == [], "once is enough"
    path.write_text(CSV * 3)
    assert ready(look) == []
    assert ready(look) == [path], "corrected, it comes again"


def test_what_is_no_export_or_not_yet_one_is_left_alone(tmp_path: Path) -> None:
    for name in (".donors.csv", "~$donors.xlsx", "notes.pdf", "donors.csv.part"):
        (tmp_path / name).write_text(CSV)
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder.csv").mkdir()
    look = FolderScan(tmp_path)
    assert [ready(look), ready(look)] == [[], []]


def test_a_folder_that_is_gone_is_reported_and_looked_at_again(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    look = FolderScan(folder)
    with pytest.raises(OSError, match="exports"):
        look.ready()
    folder.mkdir()
    (folder / "donors.csv").write_text(CSV)
    assert [ready(look), ready(look)] == [[], [folder / "donors.csv"]]


def test_what_was_queued_moves_beside_its_receipt_and_over_nothing(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    moved = []
    for text in ("one", "two", "three"):
        path.write_text(text)
        arrived = new_file_at(path)
        moved.append(move_to_done(arrived, (arrived.sha256,), f"<p>{text}</p>").target)
    done = tmp_path / DONE
    assert [target.name for target in moved] == ["donors.csv", "donors (2).csv", "donors (3).csv"]
    assert [target.read_text() for target in moved] == ["one", "two", "three"]
    assert (done / "donors (2).csv.receipt.html").read_text() == "<p>two</p>"
    assert not path.exists()
