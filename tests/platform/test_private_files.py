"""Files that are their owner's alone, whole or not there, and written through no link; folders nobody else enters."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.platform import private_files
from ac_desktop.platform.private_files import (
    Folder,
    PrivacyError,
    PrivacyTrouble,
    create_private,
    make_private,
    make_private_subfolder,
    open_private,
    replacing,
    sync_file,
    write_private,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links as Unix has them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    return made


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_a_link_is_replaced_and_its_target_left_alone(folder: Path) -> None:
    target = folder / "precious.txt"
    target.write_text("precious", encoding="utf-8")
    (folder / "receipt.html").symlink_to(target)

    write_private(folder / "receipt.html", "a receipt")

    assert target.read_text(encoding="utf-8") == "precious"
    assert not (folder / "receipt.html").is_symlink()
    assert (folder / "receipt.html").read_text(encoding="utf-8") == "a receipt"
    assert mode(folder / "receipt.html") == 0o600


@posix
@pytest.mark.parametrize("before", [0o077, 0o000])
def test_it_is_its_owners_alone_whatever_the_umask(folder: Path, before: int) -> None:
    mask = os.umask(before)
    try:
        write_private(folder / "new.txt", b"new")
    finally:
        os.umask(mask)
    assert mode(folder / "new.txt") == 0o600


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(folder: Path) -> None:
    write_private(folder / "report.csv", "old")

    def fail_while_writing() -> None:
        with replacing(folder / "report.csv") as file:
            file.write(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail_while_writing()

    assert (folder / "report.csv").read_text(encoding="utf-8") == "old"
    assert [path.name for path in folder.iterdir()] == ["report.csv"]


WRITE_AND_STOP = """
import sys
from pathlib import Path
from ac_desktop.platform.private_files import replacing
with replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_writer_left_goes_with_the_next_one_and_a_living_ones_stays(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_STOP, str(folder / "report.csv")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == b"writing"
        write_private(folder / "report.csv", "first")
        assert len(list(folder.iterdir())) == 2, "who still writes keeps its part"
        writer.kill()
    assert len(list(folder.iterdir())) == 2

    write_private(folder / "report.csv", "second")

    assert [path.name for path in folder.iterdir()] == ["report.csv"]
    assert (folder / "report.csv").read_text(encoding="utf-8") == "second"


def test_what_another_program_is_still_fetching_is_left_alone(folder: Path) -> None:
    theirs = [
        folder / ".report.csv.part",
        folder / ".report.csv.fetching.part",
        folder / "report.csv.0123456789ab.part",
    ]
    for path in theirs:
        path.write_bytes(b"half")
    write_private(folder / "report.csv", "whole")
    assert all(path.exists() for path in theirs)


@pytest.mark.parametrize("name", ["ñ" * 110 + ".csv", "x" * 250 + ".csv"])
def test_a_long_name_is_written_too(folder: Path, name: str) -> None:
    write_private(folder / name, "long")
    assert (folder / name).read_text(encoding="utf-8") == "long"


@posix
def test_a_part_that_another_swept_away_before_it_was_held_is_begun_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[Path] = []
    real = private_files._hold

    def sweep_first(number: int) -> None:
        if not swept:
            swept.extend(folder.iterdir())
            swept[0].unlink()
        real(number)

    monkeypatch.setattr(private_files, "_hold", sweep_first)
    write_private(folder / "report.csv", "whole")

    assert len(swept) == 1
    assert (folder / "report.csv").read_text(encoding="utf-8") == "whole"


@posix
def test_a_folder_is_held_whatever_is_put_in_its_place(folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir()
    with Folder(folder, follow=False) as held:
        folder.rename(folder.with_name("moved"))
        folder.symlink_to(elsewhere)
        held.write("receipt.html", "a receipt")
        source = folder.with_name("donors.csv")
        source.write_text("email", encoding="utf-8")
        assert not held.has("donors.csv")
        held.rename_in(source, "donors.csv")
        assert held.has("donors.csv")

    assert list(elsewhere.iterdir()) == []
    assert sorted(path.name for path in folder.with_name("moved").iterdir()) == ["donors.csv", "receipt.html"]
    with pytest.raises(PrivacyError) as raised:
        Folder(folder, follow=False)
    assert raised.value.trouble is PrivacyTrouble.IS_A_LINK


def test_a_file_is_moved_in_over_nothing(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "donors.csv"
    source.write_text("new", encoding="utf-8")
    (folder / "taken.csv").write_text("old", encoding="utf-8")
    with Folder(folder) as held:
        with pytest.raises(FileExistsError):
            held.move_in(source, "taken.csv")
        with pytest.raises(FileNotFoundError):
            held.move_in(tmp_path / "gone.csv", "gone.csv")
        assert not held.has("gone.csv")
        held.move_in(source, "donors.csv")
    assert (folder / "taken.csv").read_text(encoding="utf-8") == "old"
    assert (folder / "donors.csv").read_text(encoding="utf-8") == "new"
    assert not source.exists()


@posix
@pytest.mark.parametrize("plant", ["symlink_to", "hardlink_to"])
def test_what_stays_open_is_opened_through_no_link(folder: Path, plant: str) -> None:
    target, lock = folder / "precious.txt", folder / "window.lock"
    target.write_text("precious", encoding="utf-8")
    getattr(lock, plant)(target)

    os.close(open_private(lock, empty=True))

    assert target.read_text(encoding="utf-8") == "precious"
    assert (lock.read_bytes(), mode(lock), lock.stat().st_nlink) == (b"", 0o600, 1)


@posix
def test_a_pipe_in_the_place_of_a_lock_holds_nobody_up(folder: Path) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    os.mkfifo(folder / "window.lock")
    os.close(open_private(folder / "window.lock"))
    assert (folder / "window.lock").is_file()


@posix
def test_a_file_is_made_private_or_closed_and_never_through_a_link(folder: Path) -> None:
    made = folder / "donors.sqlite3"
    create_private(made)
    assert mode(made) == 0o600
    made.write_bytes(b"kept")
    made.chmod(0o644)
    create_private(made)
    assert (mode(made), made.read_bytes()) == (0o600, b"kept")

    (folder / "link").symlink_to(made)
    with pytest.raises(PrivacyError, match="link"):
        create_private(folder / "link")


@posix
@pytest.mark.parametrize("open_mode", [0o777, 0o755, 0o701])
def test_a_folder_that_others_could_enter_is_closed_with_all_that_is_in_it(folder: Path, open_mode: int) -> None:
    (folder / "owners").mkdir(mode=0o755)
    for name in ("donors.sqlite3", "owners/1.lock"):
        (folder / name).write_bytes(b"")
        (folder / name).chmod(0o644)
    folder.chmod(open_mode)

    make_private(folder, own_files=["donors.sqlite3"])

    assert mode(folder) == 0o700
    assert mode(folder / "owners") == 0o700
    assert {mode(path) for path in folder.rglob("*") if path.is_file()} == {0o600}


@posix
def test_a_folder_that_is_not_the_programs_own_is_refused_and_stays_as_it_is(folder: Path) -> None:
    (folder / "budget.xlsx").write_bytes(b"")
    folder.chmod(0o755)

    with pytest.raises(PrivacyError) as raised:
        make_private(folder, own_files=["donors.sqlite3"])

    assert raised.value.trouble is PrivacyTrouble.HOLDS_OTHER_THINGS
    assert mode(folder) == 0o755
    make_private(folder)
    assert mode(folder) == 0o700


@posix
def test_a_link_that_others_could_have_put_there_is_refused(folder: Path) -> None:
    (folder / "donors.sqlite3").symlink_to(folder.with_name("elsewhere"))
    folder.chmod(0o777)

    with pytest.raises(PrivacyError) as raised:
        make_private(folder, own_files=["donors.sqlite3"])

    assert (raised.value.trouble, raised.value.path) == (PrivacyTrouble.HOLDS_A_LINK, folder / "donors.sqlite3")


@posix
def test_a_folder_of_another_user_or_on_a_disk_without_modes_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "chmod", lambda *_: None)
        with pytest.raises(PrivacyError) as raised:
            make_private(folder)
    assert raised.value.trouble is PrivacyTrouble.CANNOT_BE_CLOSED
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(PrivacyError) as raised:
        make_private(folder)
    assert raised.value.trouble is PrivacyTrouble.NOT_OURS


@posix
def test_a_subfolder_is_no_link(folder: Path) -> None:
    make_private_subfolder(folder / "faults")
    make_private_subfolder(folder / "faults")
    assert mode(folder / "faults") == 0o700
    (folder / "owners").symlink_to(folder.with_name("elsewhere"))
    with pytest.raises(PrivacyError):
        make_private_subfolder(folder / "owners")


@posix
def test_a_disk_that_cannot_sync_folders_is_taken_as_it_is_and_one_that_fails_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_with(number: int) -> None:
        def fsync(_: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fsync)

    with Folder(folder) as held:
        fails_with(errno.EINVAL)
        held.sync()
        fails_with(errno.EIO)
        with pytest.raises(OSError, match="Input/output"):
            held.sync()


def test_a_file_is_synced_through_a_handle_that_may_write(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "copy").write_bytes(b"copy")
    flags: list[int] = []
    real = os.open

    def remember(path: Path, how: int, *rest: int) -> int:
        flags.append(how)
        return real(path, how, *rest)

    monkeypatch.setattr(os, "open", remember)
    sync_file(folder / "copy")
    assert flags
    assert all(how & os.O_RDWR for how in flags)
