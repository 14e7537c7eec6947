"""A watched folder loses no row: what is put into `done` is what was read, byte for byte, and no link is followed."""

import errno
import os
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.source import is_being_written
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.sources.watched_folder import (
    DONE,
    SCANS_AFTER_MOVE,
    SCANS_UNTIL_IN_USE,
    ChangedMeanwhileError,
    FolderScan,
    MovedFile,
    NewFile,
    PendingMove,
    Round,
    move_to_done,
    new_file_at,
)
from ac_desktop.platform.private_files import Folder, PrivacyError
from ac_desktop.store.imports.row_hashes import RowHashes
from tests.made_up import NOW, Store
from tests.promises.counts import KILLS_SURVIVED
from tests.promises.counts import count as count_kept
from tests.store.programs import Program

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes as Unix has them")
linux = pytest.mark.skipif(sys.platform != "linux", reason="this system does not say who writes to a file")
ROWS = "Email\n" + "".join(f"donor{number}@example.org\n" for number in range(20))
MORE = "".join(f"donor{number}@example.org\n" for number in range(20, 40))
OTHERS = ROWS.replace("donor", "other")
assert len(OTHERS) == len(ROWS)

WRITES = """
import sys
file = open(sys.argv[1], "a", encoding="utf-8")
print("open", flush=True)
for line in sys.stdin:
    file.write(line)
    file.flush()
    print("written", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    made = folder / "spring.csv"
    made.write_text(ROWS, encoding="utf-8")
    return made


def look_twice(look: FolderScan) -> list[Path]:
    look.ready()
    return [observed.path for observed in look.ready()]


def away(arrived: NewFile) -> MovedFile:
    return move_to_done(arrived, (arrived.sha256,), "<p>receipt</p>")


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def replace_by_rename(path: Path) -> None:
    other = path.with_name("other.part")
    other.write_text(OTHERS, encoding="utf-8")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(MORE)


def write_anew(path: Path) -> None:
    path.write_text(OTHERS, encoding="utf-8")


def write_anew_and_keep_the_time(path: Path) -> None:
    facts = path.stat()
    path.write_text(OTHERS, encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def put_a_link_there(path: Path) -> None:
    target = path.with_name("target.part")
    path.rename(target)
    path.symlink_to(target)


CHANGES = [
    replace_by_rename,
    append,
    write_anew,
    write_anew_and_keep_the_time,
    pytest.param(put_a_link_there, marks=posix),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_while_it_was_read_stays(path: Path, change: Callable[[Path], None]) -> None:
    arrived = new_file_at(path)
    change(path)
    content = path.read_text(encoding="utf-8")

    assert arrived.has_changed()
    with pytest.raises(ChangedMeanwhileError):
        away(arrived)

    assert path.read_text(encoding="utf-8") == content
    assert names(path.parent / DONE) == set()


@pytest.mark.parametrize("change", CHANGES[:4])
def test_what_is_changed_at_the_last_moment_comes_back(
    path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived, move_in = new_file_at(path), Folder.move_in

    def changed_just_before(folder: Folder, source: Path, name: str) -> None:
        if source == path:
            change(path)
        move_in(folder, source, name)

    monkeypatch.setattr(Folder, "move_in", changed_just_before)
    with pytest.raises(ChangedMeanwhileError):
        away(arrived)

    assert path.read_text(encoding="utf-8") in {ROWS + MORE, OTHERS}
    assert names(path.parent / DONE) == set()


def test_what_was_read_of_it_counts_and_not_what_it_was_before(path: Path) -> None:
    arrived = new_file_at(path)
    with pytest.raises(ChangedMeanwhileError):
        move_to_done(arrived, ("0" * 64,), "<p>receipt</p>")
    assert path.exists()


def test_of_a_zip_the_whole_file_is_compared(path: Path) -> None:
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "spring.csv")
    arrived = new_file_at(packed)
    hashes = (new_file_at(path).sha256,)

    assert move_to_done(arrived, hashes, "<p>receipt</p>").target.exists()


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_while_its_rows_are_read_is_not_queued(
    path: Path, change: Callable[[Path], None], tmp_path: Path
) -> None:
    """By hand, from the console and out of a watched folder alike."""
    path.write_text("Email\n" + "".join(f"donor{number}@example.org\n" for number in range(5_000)), encoding="utf-8")
    changed: list[int] = []

    def watch(rows: int) -> None:
        if not changed:
            change(path)
            changed.append(rows)

    with Store(tmp_path / "data") as store:
        connection, row_hashes = store.connect(), RowHashes(store.database)
        with pytest.raises(ImportFileError, match="was changed while it was being read"):
            import_table(store.queue, row_hashes, connection, [path], load_profiles(), now=NOW, watch=watch)
        assert changed == [2_000]
        assert store.count("SELECT COUNT(*) FROM record") == 0
        assert store.count("SELECT COUNT(*) FROM batch") == 0


@linux
def test_a_file_that_is_held_open_waits_however_long_its_writer_pauses(path: Path) -> None:
    look = FolderScan(path.parent)
    with Program(WRITES, path) as writer:
        assert writer.line() == "open"
        for _ in range(SCANS_UNTIL_IN_USE):
            assert look.ready() == []
        assert writer.ask(MORE.splitlines()[0]) == "written"
        assert look.ready() == []
        reported = [Round(scans={1: look}).run().in_use for _ in range(SCANS_UNTIL_IN_USE + 5)]
        assert [one for one in reported if one] == [(path,)], "it is told once"
        writer.end()

    assert [observed.path for observed in look.ready()] == [path]


@linux
def test_a_writer_that_opens_it_while_it_is_read_keeps_it_from_done(path: Path) -> None:
    arrived = new_file_at(path)
    with Program(WRITES, path) as writer:
        assert writer.line() == "open"
        with pytest.raises(ChangedMeanwhileError):
            away(arrived)
    assert path.exists()


@linux
def test_asking_who_writes_harms_nobody(path: Path) -> None:
    with path.open(encoding="utf-8"):
        assert not is_being_written(path), "who only reads does not count"
    with path.open("a", encoding="utf-8"):
        assert is_being_written(path)
    assert not is_being_written(path)
    with pytest.raises(FileNotFoundError):
        is_being_written(path.with_name("gone.csv"))


def test_what_is_written_on_in_done_comes_back_with_its_new_rows(path: Path) -> None:
    """Where the system does not say who writes: the writer's file is the one that was moved."""
    with path.open("a", encoding="utf-8") as writer:
        target = path.parent / DONE / path.name
        target.parent.mkdir()
        arrived = new_file_at(path)
        path.rename(target)
        put = MovedFile(target, arrived)
        made = Round(scans={}, moved_before={put: SCANS_AFTER_MOVE})
        assert made.run().moved_before == {put: SCANS_AFTER_MOVE - 1}
        writer.write(MORE)
        writer.flush()
        assert made.run().moved_before == {}

    assert path.read_text(encoding="utf-8") == ROWS + MORE
    assert not target.exists()


def test_looking_after_ends_and_what_a_person_puts_there_instead_is_theirs(path: Path) -> None:
    put = away(new_file_at(path))
    assert Round(scans={}, moved_before={put: 1}).run().moved_before == {}
    replace_by_rename(put.target)
    assert not put.was_modified()
    put.target.unlink()
    assert not put.was_modified()


@posix
def test_done_that_is_a_link_takes_nothing(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (path.parent / DONE).symlink_to(elsewhere)

    with pytest.raises(PrivacyError):
        away(new_file_at(path))

    assert names(elsewhere) == set()
    assert path.read_text(encoding="utf-8") == ROWS


@posix
def test_links_planted_under_foreseeable_names_are_not_followed(path: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious", encoding="utf-8")
    done = path.parent / DONE
    done.mkdir()
    for name in ("spring.csv", "spring (2).csv.receipt.html"):
        (done / name).symlink_to(precious)
    (done / "spring (3).csv").symlink_to(tmp_path / "nowhere")

    target = away(new_file_at(path)).target

    assert target.name == "spring (4).csv"
    assert precious.read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "nowhere").exists()
    receipt = done / "spring (4).csv.receipt.html"
    assert receipt.read_text(encoding="utf-8") == "<p>receipt</p>"
    assert receipt.stat().st_mode & 0o777 == 0o600


def test_a_name_that_somebody_takes_just_now_is_left_to_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, move_in = path.parent / DONE, Folder.move_in

    def taken_just_before(folder: Folder, source: Path, name: str) -> None:
        if name == path.name:
            (done / name).write_text("theirs", encoding="utf-8")
        move_in(folder, source, name)

    monkeypatch.setattr(Folder, "move_in", taken_just_before)

    assert away(new_file_at(path)).target.name == "spring (2).csv"
    assert (done / "spring.csv").read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EACCES])
def test_what_cannot_be_moved_stays_and_leaves_nothing_behind(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`done` lies on another disk, or a program on Windows has the file open."""
    arrived = new_file_at(path)
    replace = os.replace

    def refused(source: object, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(source))

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(OSError, match=os.strerror(number)):
        away(arrived)
    assert path.read_text(encoding="utf-8") == ROWS
    assert names(path.parent / DONE) == set()

    monkeypatch.setattr(os, "replace", replace)
    leaving = PendingMove(arrived, (arrived.sha256,), "<p>receipt</p>")
    (moved,) = Round(scans={}, leaving=(leaving,)).run().moved
    assert moved.target.read_text(encoding="utf-8") == ROWS, "the next round moves it"


def test_what_was_changed_while_it_could_not_be_moved_is_given_out_again(path: Path) -> None:
    look = FolderScan(path.parent)
    assert look_twice(look) == [path]
    arrived = new_file_at(path)
    write_anew_and_keep_the_time(path)

    found = Round(scans={1: look}, leaving=(PendingMove(arrived, (arrived.sha256,), ""),)).run()
    again = Round(scans={1: look}).run()

    assert found.changed_meanwhile == (path,)
    assert [arrived.path for _, arrived in (*found.ready, *again.ready)] == [path]


def test_a_file_that_disappears_is_nobodys_trouble(path: Path) -> None:
    look = FolderScan(path.parent)
    look.ready()
    path.unlink()
    assert Round(scans={1: look}).run().ready == ()
    with pytest.raises(FileNotFoundError):
        new_file_at(path)


@posix
def test_links_in_the_folder_are_reported_and_never_read(path: Path) -> None:
    link = path.with_name("link.csv")
    link.symlink_to(path)
    look = FolderScan(path.parent)

    assert look_twice(look) == [path]
    assert look.links == {link}
    with pytest.raises(FileNotFoundError):
        new_file_at(link)


def test_a_file_that_cannot_be_opened_yet_waits(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program on Windows that shares its file with nobody."""
    look, opened = FolderScan(path.parent), Path.open

    def denied(one: Path, *arguments: str, **options: str) -> object:
        raise PermissionError(errno.EACCES, f"{one} {arguments} {options}")

    monkeypatch.setattr(Path, "open", denied)
    assert look_twice(look) == []
    assert look.waiting == {path: 1}
    monkeypatch.setattr(Path, "open", opened)
    assert [observed.path for observed in look.ready()] == [path]


# Killed while it puts away

STEPS: tuple[tuple[object, str], ...] = (
    (os, "open"),
    (os, "replace"),
    (os, "unlink"),
    (os, "fsync"),
    (os, "mkdir"),
)


def killed_at(step: int, deed: Callable[[], object]) -> bool:
    """Do something in a process of its own that dies before its so manieth step on the disk; False where it is done."""
    if sys.platform == "win32":
        raise NotImplementedError
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    steps = count(1)

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if next(steps) == step:
                os._exit(9)
            return real(*arguments, **options)

        return call

    try:
        for module, name in STEPS:
            setattr(module, name, dying(getattr(module, name)))
        deed()
    except BaseException:  # noqa: BLE001  whatever it is, the parent hears of it
        os._exit(1)
    os._exit(0)


@posix
def test_killed_at_any_step_of_putting_away_the_file_is_whole_and_in_one_place(path: Path) -> None:
    for step in count(1):
        arrived = new_file_at(path)
        was_killed = killed_at(step, partial(away, arrived))
        kept = [one for one in (path, *path.parent.glob(f"{DONE}/*.csv")) if one.exists() and one.stat().st_size]

        assert [one.read_text(encoding="utf-8") for one in kept] == [ROWS], f"step {step}"
        if not was_killed:
            break
        kept[0].replace(path)
        count_kept(KILLS_SURVIVED)
    assert step > 8
    assert f"{kept[0].name}.receipt.html" in names(path.parent / DONE)
