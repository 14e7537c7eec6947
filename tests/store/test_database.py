"""The SQLite file: durable, private, brought up to date with care, and never harmed where it is not ours."""

import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store import database as database_module
from ac_desktop.store.database import APPLICATION_ID, FILE_NAME, Database
from ac_desktop.store.errors import StoreError, StoreTrouble, store_error
from ac_desktop.store.migrations import STEPS, VERSION
from tests.made_up import Store, new_record
from tests.store.programs import Program

NEXT = (*STEPS, "CREATE TABLE extra (id INTEGER PRIMARY KEY); INSERT INTO account VALUES ('new.example.org', 3);")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "data"


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    made = Database(folder)
    yield made
    made.close()


def refused(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Database(folder)
    return caught.value


def everything(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def put_account(sql: sqlite3.Connection, host: str = "acct.api-us1.com") -> None:
    sql.execute("INSERT INTO account VALUES (?, 4)", (host,))


def test_a_commit_is_durable_and_readers_never_wait(database: Database) -> None:
    assert database.row("PRAGMA journal_mode") == ("wal",)
    assert database.row("PRAGMA synchronous") == (2,), "FULL"
    assert database.row("PRAGMA foreign_keys") == (1,)
    assert database.row("PRAGMA application_id") == (APPLICATION_ID,)
    assert database.row("PRAGMA user_version") == (VERSION,)


def test_what_is_kept_is_for_its_owner_alone(database: Database, folder: Path) -> None:
    with database.writing() as sql:
        put_account(sql)

    assert len(everything(folder)) == 3, "the file, its log and its index"
    for file in (folder, *folder.iterdir()):
        assert file.stat().st_mode & 0o077 == 0, file


def test_what_was_written_is_there_at_the_next_start(folder: Path) -> None:
    first = Database(folder)
    with first.writing() as sql:
        put_account(sql)
    first.close()

    second = Database(folder)
    assert second.rows("SELECT host, pace FROM account") == [("acct.api-us1.com", 4)]
    second.close()


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    def go_wrong() -> None:
        with database.writing() as sql:
            put_account(sql)
            with database.writing() as inner:
                put_account(inner, "inner.example.org")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        go_wrong()

    assert database.row("SELECT host FROM account") is None


def test_a_transaction_within_another_is_part_of_it(database: Database) -> None:
    with database.writing() as sql:
        put_account(sql)
        with database.writing() as inner:
            put_account(inner, "inner.example.org")
            assert inner is sql

    assert len(database.rows("SELECT host FROM account")) == 2


def test_a_commit_that_fails_is_undone_and_the_next_one_is_kept(database: Database) -> None:
    def leave_an_orphan() -> None:
        with database.writing() as sql:
            sql.execute("PRAGMA defer_foreign_keys=ON")
            sql.execute("INSERT INTO source_row (record_id, cells) VALUES (99, 'nobody')")

    with pytest.raises(sqlite3.IntegrityError):
        leave_an_orphan()
    with database.writing() as sql:
        put_account(sql)

    other = sqlite3.connect(database.path)
    assert other.execute("SELECT host FROM account").fetchall() == [("acct.api-us1.com",)]
    other.close()


def test_threads_read_and_write_on_connections_of_their_own(database: Database) -> None:
    begin = threading.Barrier(4)
    seen: list[int] = []

    def work(number: int) -> None:
        begin.wait()
        for at in range(10):
            with database.writing() as sql:
                put_account(sql, f"{number}-{at}.example.org")
        seen.append(len(database.rows("SELECT host FROM account WHERE host LIKE ?", (f"{number}-%",))))
        database.close_thread()
        database.close_thread()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [10] * 4
    assert len(database.rows("SELECT host FROM account")) == 40


def test_it_can_be_seen_that_somebody_has_written(database: Database, folder: Path) -> None:
    before = database.version_seen()
    database.rows("SELECT * FROM account")
    quiet = database.version_seen()
    other = Database(folder)
    with other.writing() as sql:
        put_account(sql, "other.example.org")
    other.close()

    assert quiet == before, "nobody has written"
    assert database.version_seen() != before


def test_threads_write_on_one_connection_and_each_reads_what_it_has_written(database: Database) -> None:
    written_by: set[sqlite3.Connection] = set()

    def write(number: int) -> None:
        with database.writing() as sql:
            put_account(sql, f"{number}.example.org")
            written_by.add(sql)
            assert (
                database.row("SELECT COUNT(*) FROM account") == sql.execute("SELECT COUNT(*) FROM account").fetchone()
            )

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert database.row("SELECT COUNT(*) FROM account") == (4,)
    assert len(written_by) == 1


def test_who_writes_apart_finds_its_temporary_tables(database: Database) -> None:
    database.rows("CREATE TEMP TABLE hosts AS SELECT 'temporary.example.org' AS host")

    with database.writing(apart=True) as sql:
        sql.execute("INSERT INTO account SELECT host, 5 FROM temp.hosts")

    assert database.row("SELECT host FROM account") == ("temporary.example.org",)


def test_an_empty_file_is_made_a_database(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).touch()

    database = Database(folder)
    assert database.row("PRAGMA user_version") == (VERSION,)
    database.close()


def test_a_newer_database_is_refused_with_both_numbers_and_left_as_it_is(folder: Path) -> None:
    Database(folder).close()
    sql = sqlite3.connect(folder / FILE_NAME)
    sql.execute(f"PRAGMA user_version={VERSION + 6}")
    sql.close()
    before = everything(folder)

    told = refused(folder)

    assert told.trouble is StoreTrouble.NEWER
    assert f"its version is {VERSION + 6}" in str(told)
    assert f"knows {VERSION})" in str(told)
    assert everything(folder) == before


@pytest.mark.parametrize("version", [0, 1, 9])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_refused_and_left_as_it_is(folder: Path, version: int, mode: str) -> None:
    folder.mkdir(parents=True)
    sql = sqlite3.connect(folder / FILE_NAME)
    sql.executescript(f"PRAGMA journal_mode={mode}; CREATE TABLE recipes (name TEXT); PRAGMA user_version={version};")
    sql.close()
    before = everything(folder)

    told = refused(folder)

    assert told.trouble is StoreTrouble.FOREIGN
    assert FILE_NAME in str(told)
    assert everything(folder) == before


def test_another_program_at_work_in_its_database_is_not_disturbed(folder: Path) -> None:
    folder.mkdir(parents=True)
    theirs = sqlite3.connect(folder / FILE_NAME)
    theirs.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('pie');"
    )
    before = (folder / FILE_NAME).read_bytes()

    assert refused(folder).trouble is StoreTrouble.FOREIGN

    assert (folder / FILE_NAME).read_bytes() == before
    assert theirs.execute("SELECT name FROM recipes").fetchall() == [("pie",)]
    theirs.close()


@pytest.mark.parametrize(
    "content", [b"email,phone\nannie@example.org,2252501301\n" * 200, b"\x00" * 5000, b"SQLite format 3"]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(content)

    told = refused(folder)

    assert told.trouble is StoreTrouble.DAMAGED
    assert FILE_NAME in str(told)
    assert everything(folder) == {FILE_NAME: content}


def test_a_database_damaged_in_the_middle_is_told_in_a_sentence(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 500)
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    (folder / FILE_NAME).write_bytes(content)

    with pytest.raises(StoreError) as caught:
        Database(folder).rows("SELECT * FROM record")

    assert caught.value.trouble is StoreTrouble.DAMAGED


def test_a_folder_that_cannot_be_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    told = refused(tmp_path / "file" / "data")

    assert told.trouble is StoreTrouble.UNREACHABLE
    assert str(tmp_path / "file" / "data") in str(told)


def test_a_database_file_that_is_a_folder_is_told_in_a_sentence(folder: Path) -> None:
    (folder / FILE_NAME).mkdir(parents=True)

    assert refused(folder).trouble is StoreTrouble.UNREACHABLE


READ_ONLY = """
import os, sys
from pathlib import Path
from ac_desktop.store.database import Database
from ac_desktop.store.errors import StoreError
import encodings.idna
if os.geteuid() == 0:
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
try:
    Database(Path(sys.argv[1]))
except StoreError as error:
    print(error.trouble.value, "|", error)
else:
    print("opened")
"""


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that others may read and nobody may write to: `tmp_path` lies where only its owner may look."""
    outer = Path(tempfile.mkdtemp(prefix="ac-desktop-test-"))
    outer.chmod(0o755)
    folder = outer / "data"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(outer)


def test_a_read_only_folder_without_a_database_is_told_in_a_sentence(read_only: Path) -> None:
    read_only.chmod(0o555)

    with Program(READ_ONLY, read_only) as program:
        trouble, _, text = program.line().partition(" | ")

    assert trouble == StoreTrouble.UNREACHABLE
    assert str(read_only) in text
    assert everything(read_only) == {}


def test_a_database_in_a_read_only_folder_is_told_in_a_sentence_and_left_as_it_is(read_only: Path) -> None:
    Database(read_only).close()
    (read_only / FILE_NAME).chmod(0o444)
    read_only.chmod(0o555)
    before = everything(read_only)

    with Program(READ_ONLY, read_only) as program:
        trouble, _, text = program.line().partition(" | ")

    assert trouble == StoreTrouble.READ_ONLY
    assert str(read_only) in text
    assert everything(read_only) == before


def test_a_full_disk_is_told_and_nothing_of_the_transaction_stays(folder: Path) -> None:
    with Store(folder) as store:
        connection = store.connect()
        store.fill(connection, 3)
        pages = store.count("PRAGMA page_count")
        store.database.rows(f"PRAGMA max_page_count={pages + 2}")
        batch = store.count("SELECT MAX(id) FROM batch")

        with pytest.raises(StoreError, match="disk is full") as caught:
            store.queue.add(connection.id, batch, [new_record(row) for row in range(10, 2000)], 0.0)

        assert caught.value.trouble is StoreTrouble.FULL
        assert store.count("SELECT COUNT(*) FROM record") == store.queue.counts(connection.id).rows == 3
        store.database.rows("PRAGMA max_page_count=1000000")
        store.fill(connection, 5)
        assert store.queue.counts(connection.id).rows == 8
        assert store.database.row("PRAGMA integrity_check") == ("ok",)


FILE_SIZE_LIMIT = """
import resource, signal, sys
from pathlib import Path
from ac_desktop.store.errors import StoreError
from tests.made_up import Store, new_record
store = Store(Path(sys.argv[1]))
connection = store.connect()
store.fill(connection, 3)
size = (Path(sys.argv[1]) / "donors.sqlite3-wal").stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, resource.RLIM_INFINITY))
try:
    store.fill(connection, 3000)
except StoreError as error:
    print(error.trouble.value)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.fill(connection, 2)
print(store.queue.counts(connection.id).rows, store.count("SELECT COUNT(*) FROM record"))
print(store.database.row("PRAGMA integrity_check")[0])
"""


def test_a_disk_that_takes_no_more_loses_nothing_that_was_kept(folder: Path) -> None:
    with Program(FILE_SIZE_LIMIT, folder) as program:
        told = [program.line() for _ in range(3)]
        program.end()

    assert told == [StoreTrouble.UNREACHABLE, "5 5", "ok"]


def test_another_program_that_keeps_it_locked_is_told_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 1)
    database = Database(folder)
    holder = sqlite3.connect(database.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreError, match="locked") as caught, database.writing():
        pytest.fail("it was locked")

    assert caught.value.trouble is StoreTrouble.LOCKED
    holder.rollback()
    holder.close()
    with database.writing() as sql:
        put_account(sql)
    database.close()


def test_a_fault_of_ours_is_not_blamed_on_the_world(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.rows("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("SQLITE_FULL", StoreTrouble.FULL),
        ("SQLITE_READONLY_DBMOVED", StoreTrouble.READ_ONLY),
        ("SQLITE_PERM", StoreTrouble.READ_ONLY),
        ("SQLITE_BUSY_SNAPSHOT", StoreTrouble.LOCKED),
        ("SQLITE_LOCKED", StoreTrouble.LOCKED),
        ("SQLITE_CORRUPT_VTAB", StoreTrouble.DAMAGED),
        ("SQLITE_NOTADB", StoreTrouble.DAMAGED),
        ("SQLITE_CANTOPEN_ISDIR", StoreTrouble.UNREACHABLE),
        ("SQLITE_IOERR_WRITE", StoreTrouble.UNREACHABLE),
        ("SQLITE_CONSTRAINT", None),
        ("SQLITE_FULLY_UNKNOWN", None),
        ("", None),
    ],
)
def test_every_trouble_of_the_world_has_its_sentence(name: str, trouble: StoreTrouble | None, tmp_path: Path) -> None:
    error = sqlite3.OperationalError("made up")
    if name:
        error.sqlite_errorname = name

    told = store_error(error, tmp_path / FILE_NAME)

    assert (told.trouble if told else None) is trouble
    assert told is None or str(told).endswith(".") or str(told).endswith("go on.")


def with_steps(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    monkeypatch.setattr(database_module, "STEPS", steps)
    monkeypatch.setattr(database_module, "VERSION", len(steps))


def test_before_a_migration_a_backup_is_made_that_only_its_owner_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 7)
    with_steps(monkeypatch, *NEXT)

    Database(folder).close()

    (backup,) = folder.glob("*.backup")
    assert backup.name.startswith(f"{FILE_NAME}.version-{VERSION}.")
    assert backup.stat().st_mode & 0o077 == 0
    old, new = sqlite3.connect(backup), sqlite3.connect(folder / FILE_NAME)
    for sql, version in ((old, VERSION), (new, VERSION + 1)):
        assert sql.execute("PRAGMA user_version").fetchone() == (version,)
        assert sql.execute("SELECT COUNT(*) FROM record").fetchone() == (7,)
        assert sql.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        sql.close()


def test_a_database_that_is_up_to_date_is_not_backed_up(folder: Path) -> None:
    Database(folder).close()
    Database(folder).close()

    assert list(folder.glob("*.backup")) == []


def test_a_step_that_fails_is_undone_as_a_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database(folder).close()
    with monkeypatch.context() as patch:
        with_steps(patch, *STEPS, "CREATE TABLE extra (id INTEGER); INSERT INTO no_such_table VALUES (1);")
        with pytest.raises(sqlite3.OperationalError, match="no_such_table"):
            Database(folder)

    database = Database(folder)
    assert database.row("PRAGMA user_version") == (VERSION,)
    assert database.row("SELECT name FROM sqlite_master WHERE name = 'extra'") is None
    database.close()


def test_a_step_is_applied_once_though_two_programs_start_together(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database(folder).close()
    with_steps(
        monkeypatch,
        *STEPS,
        "INSERT INTO account VALUES ('new.example.org', 1) ON CONFLICT DO UPDATE SET pace = pace + 1;",
    )
    back_up = Database._back_up
    rivals: list[Database] = []

    def while_a_rival_does_it(self: Database, version: int) -> None:
        back_up(self, version)
        if not rivals:
            rivals.append(self)
            Database(folder).close()

    monkeypatch.setattr(Database, "_back_up", while_a_rival_does_it)

    database = Database(folder)

    assert database.row("PRAGMA user_version") == (VERSION + 1,)
    assert database.rows("SELECT pace FROM account") == [(1,)]
    database.close()


FIRST_START = """
import sys
from pathlib import Path
from ac_desktop.store.database import Database
print("ready", flush=True)
sys.stdin.readline()
database = Database(Path(sys.argv[1]))
print(database.row("PRAGMA user_version")[0], flush=True)
"""


def test_programs_that_make_the_database_at_the_same_moment_all_get_it(folder: Path) -> None:
    programs = [Program(FIRST_START, folder) for _ in range(4)]
    for program in programs:
        assert program.line() == "ready"
    told = [program.ask("go") for program in programs]
    for program in programs:
        program.end()

    assert told == [str(VERSION)] * 4


def is_closing(database: Database) -> bool:
    try:
        database.row("SELECT 1")
    except StoreError as error:
        return error.trouble is StoreTrouble.CLOSED
    else:
        return False


@pytest.mark.parametrize("way", ["reads", "writes", "writes jointly"])
def test_closing_waits_for_the_statement_that_another_thread_is_in(folder: Path, way: str) -> None:
    database = Database(folder)
    within, go_on = threading.Event(), threading.Event()
    seen: list[object] = []

    def pause() -> int:
        within.set()
        assert go_on.wait(60)
        return 7

    def use() -> None:
        if way == "reads":
            database._connection().create_function("pause", 0, pause)
            seen.append(database.row("SELECT pause()"))
            return
        with database.writing() if way == "writes" else database.writing_jointly() as sql:
            sql.create_function("pause", 0, pause)
            seen.append(sql.execute("SELECT pause()").fetchone())
            put_account(sql)

    user, closer = threading.Thread(target=use), threading.Thread(target=database.close)
    user.start()
    assert within.wait(60)
    closer.start()
    while not is_closing(database):
        pass
    assert closer.is_alive()
    go_on.set()
    user.join(60)
    closer.join(60)

    assert seen == [(7,)]
    again = Database(folder)
    assert again.row("SELECT COUNT(*) FROM account") == (0 if way == "reads" else 1,)
    again.close()


def test_what_never_ends_keeps_its_connection_and_does_not_hold_the_closing_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "CLOSE_PATIENCE", 0.0)
    database = Database(folder)

    with database.writing() as sql:
        closer = threading.Thread(target=database.close)
        closer.start()
        closer.join(60)
        assert not closer.is_alive()
        put_account(sql)

    database.close()
    again = Database(folder)
    assert again.row("SELECT COUNT(*) FROM account") == (1,)
    again.close()
