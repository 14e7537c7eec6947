"""What goes wrong with an office ends in one sentence and its exit code: 5 where the server is away, otherwise 2."""

import json
import socket
from pathlib import Path

import pytest

from ac_desktop.store.office.folder_use import OfficeUse
from ac_desktop.store.opening import open_store, own_store_in
from tests.console.conftest import Ran
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation, create_office

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
IN_OFFICE = {
    "format": 1, "host": "127.0.0.1", "port": 1, "database": "donors", "user": "ana", "person": "ana", "role": "staff",
    "workstation": "desk", "ca": "",
}  # fmt: skip


def assert_sentence(ran: Ran, code: int, words: str) -> None:
    """Assert that a command ended with a code and one sentence."""
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert words in ran.err, ran.err
    assert len(ran.err.strip().splitlines()) == 1


def away(folder: Path) -> OfficeWorkstation:
    """Return a workstation of an office whose server is not there."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "office.json").write_text(json.dumps({**IN_OFFICE, "port": port}))
    return OfficeWorkstation(folder, "anas")


@pytest.mark.parametrize(
    "command",
    [
        ("connections", "--json"), ("status",), ("log", "Spring"), ("relay", "Spring"),
        ("add", "Spring", "--email", "ann@example.org"), ("retention",),
        ("erase", "ann@example.org", "--yes"), ("run", "--once"), ("--first-paint",),
        ("office", "status", "--json"),
        ("office", "invite", "bo", "--role", "staff", "--out", "{tmp}/bo.acoffice"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_server_that_cannot_be_reached_is_exit_code_5(tmp_path: Path, command: tuple[str, ...]) -> None:
    workstation = away(tmp_path / "a")
    assert_sentence(workstation(*(word.format(tmp=tmp_path) for word in command)), 5, "can't reach your office")
    assert not list((tmp_path / "a").glob("*.sqlite3*"))


def test_creating_and_joining_without_a_server_change_nothing(tmp_path: Path) -> None:
    workstation = OfficeWorkstation(tmp_path / "a", "anas")
    server = "postgresql://boss@127.0.0.1:1/donors"
    assert_sentence(workstation("office", "create", "--server", server), 5, "can't reach your office")
    file = tmp_path / "ana.acoffice"
    fields = {"kind": "ac-desktop-invitation", "password": "x" * 20, "expires_at": 1_900_000_000}
    file.write_text(json.dumps({**IN_OFFICE, **fields}))
    assert_sentence(workstation("office", "join", file), 5, "can't reach your office")
    assert not (tmp_path / "a" / "office.json").exists()


def test_one_leaves_without_the_server(tmp_path: Path) -> None:
    workstation = away(tmp_path / "a")
    assert workstation("office", "leave", password=None).code == 0
    assert workstation("status", "--json", password=None).json == {"connections": []}


def test_a_damaged_membership_opens_no_queue_until_one_leaves(tmp_path: Path) -> None:
    workstation = away(tmp_path / "a")
    (tmp_path / "a" / "office.json").write_text("{")
    assert_sentence(workstation("status"), 2, "office leave")
    assert not list((tmp_path / "a").glob("*.sqlite3*"))
    assert workstation("office", "leave").code == 0
    assert workstation("status").code == 0


@pytest.mark.parametrize("action", [("status",), ("leave",), ("invite", "bo", "--role", "staff", "--out", "bo")])
def test_a_folder_in_no_office_says_so(tmp_path: Path, action: tuple[str, ...]) -> None:
    assert_sentence(OfficeWorkstation(tmp_path / "a", "anas")("office", *action), 2, "office join")


def test_a_wrong_password_is_refused(tmp_path: Path) -> None:
    database = OfficeDatabase()
    ran = OfficeWorkstation(tmp_path / "a", "wrong words")("office", "create", "--server", database.url)
    assert_sentence(ran, 2, "password")
    assert "wrong words" not in ran.err
    a = create_office(database, tmp_path / "a")
    assert_sentence(a("status", password="wrong words"), 2, "password")
    assert_sentence(a("status", password=None), 2, "AC_DESKTOP_OFFICE_PASSWORD")


def test_a_folder_of_an_office_joins_no_other_one(tmp_path: Path) -> None:
    database, other = OfficeDatabase(), OfficeDatabase()
    a = create_office(database, tmp_path / "a")
    assert_sentence(a("office", "create", "--server", other.url), 2, "office leave")
    x = create_office(other, tmp_path / "x")
    x("office", "invite", f"ana_{other.mark}", "--role", "staff", "--out", tmp_path / "ana.acoffice")
    assert_sentence(a("office", "join", tmp_path / "ana.acoffice"), 2, "office leave")


def test_there_are_no_backups_to_restore(tmp_path: Path) -> None:
    assert_sentence(away(tmp_path / "a")("restore", "--yes", password=None), 2, "no backups")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("create",), "--server"),
        (("create", "--server", "donors"), "postgresql://OWNER@HOST"),
        (("create", "--server", "postgresql://boss:secretword@db/donors"), "without a password"),
        (("invite", "ana", "--role", "king", "--out", "x"), "--role"),
        (("invite", "ana", "--role", "staff"), "--out"),
        (("join",), "FILE"),
        (("join", "gone.acoffice"), "can't use the file"),
        ((), "ACTION"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    ran = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)("office", *words)
    assert ran.code == 2
    assert told in ran.err
    assert "secretword" not in ran.err


def test_without_a_password_and_nobody_to_ask_the_command_says_where_it_goes(tmp_path: Path) -> None:
    workstation = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    ran = workstation("office", "create", "--server", "postgresql://boss@127.0.0.1:1/donors", password=None)
    assert_sentence(ran, 2, "AC_DESKTOP_OFFICE_PASSWORD")


def test_an_owner_who_may_create_no_schema_is_told_what_to_ask_for(tmp_path: Path) -> None:
    database = OfficeDatabase()
    with database.server.connect() as sql:
        sql.execute(f"ALTER DATABASE {database.name} OWNER TO postgres")
    ran = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)("office", "create", "--server", database.url)
    assert_sentence(ran, 2, "GRANT CREATE")


def test_no_office_is_joined_while_a_command_works_on_the_folders_own_queue(tmp_path: Path) -> None:
    own = open_store(own_store_in(tmp_path / "a"))
    workstation = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    ran = workstation("office", "create", "--server", "postgresql://boss@127.0.0.1:1/donors")
    assert_sentence(ran, 2, "already working in this folder")
    own.database.close()


def test_a_practice_window_needs_no_office(tmp_path: Path) -> None:
    assert away(tmp_path / "a")("--practice", "--first-paint", password=None).code == 0


def test_the_office_is_not_changed_while_a_command_works_in_the_folder(tmp_path: Path) -> None:
    workstation = away(tmp_path / "a")
    with OfficeUse(tmp_path / "a"):
        assert_sentence(workstation("office", "leave"), 2, "already working in this folder")
    assert workstation("office", "leave").code == 0
