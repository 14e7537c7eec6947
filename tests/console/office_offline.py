"""A workstation whose office's server is away says so, keeps what is typed, and brings it there once."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.anedot import donation_rows, write_export
from tests.console.offices import PATIENCE, OfficeDatabase, OfficeWorkstation, create_office
from tests.office.proxy import Proxy
from tests.postgres_server import server

UNREACHABLE = 5
LAST = 16
"""Messages of a command that adds a donor, from before it is queued to the end."""
pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@pytest.fixture
def way() -> Iterator[Proxy]:
    made = Proxy(server().port).start()
    yield made
    made.close()


@pytest.fixture
def workstation(tmp_path: Path, way: Proxy) -> OfficeWorkstation:
    """A workstation of an office with one connection, which reaches the server by the way."""
    made = create_office(OfficeDatabase(), tmp_path / "here")
    membership = made.folder / "office.json"
    membership.write_text(json.dumps({**json.loads(membership.read_text()), "port": way.port}))
    ran = made(
        "connect", "Spring", "--url", "http://127.0.0.1:9", "--list", "1", "--exclude", "gala", "--no-check", key="k"
    )
    assert ran.code == 0, ran.err
    return made


def test_what_is_typed_while_the_server_is_away_waits_here_and_goes_there_with_the_next_command(
    tmp_path: Path, workstation: OfficeWorkstation, way: Proxy
) -> None:
    assert workstation("connections").code == 0
    way.cut()
    file = write_export(tmp_path / "a.csv", donation_rows(2))

    added = workstation("add", "spring", "--email", "annie@example.org", "--page", "picnic")
    assert (added.code, "annie@example.org is waiting for the office on this computer" in added.out) == (0, True)
    imported = workstation("import", "Spring", file)
    assert (imported.code, "Your files are safe where they are." in imported.err, file.exists()) == (5, True, True)
    status = workstation("status", "--json")
    assert (status.code, "can't reach your office's server" in status.err) == (5, True)
    (waiting,) = status.json["waiting_for_office"]
    assert (waiting["connection"], waiting["email"]) == ("Spring", "annie@example.org")
    unknown = workstation("add", "Autumn", "--email", "annie@example.org")
    assert (unknown.code, "Known connections: “Spring”" in unknown.err) == (5, True)
    left = workstation("office", "leave")
    assert (left.code, "Donors typed on this computer wait for the office: 1." in left.err) == (2, True)

    way.reopen()
    status = workstation("status", "--json")
    assert status.code == 0
    assert "in the office's queue now: 1" in status.err
    assert status.json["connections"][0]["records"]["waiting"] == 1
    assert "waiting_for_office" not in status.json
    assert workstation("office", "leave").code == 0


@pytest.mark.parametrize("answered", [1, 2])
def test_a_donor_who_was_queued_is_no_failure_where_the_server_is_away_right_after(
    workstation: OfficeWorkstation, way: Proxy, answered: int
) -> None:
    assert workstation("connections").code == 0
    way.cut_after(b"COMMIT", answered)

    added = workstation("add", "spring", "--email", "annie@example.org", "--page", "picnic")

    assert added.code == 0, added.err
    way.reopen()
    assert workstation("status", "--json").json["connections"][0]["records"]["waiting"] == 1
    assert queued_in(workstation) == ["annie@example.org"]


def test_a_typed_donor_is_in_the_office_once_at_whichever_of_the_last_messages_the_way_breaks(
    workstation: OfficeWorkstation, way: Proxy
) -> None:
    """A person who is told that it failed types again, while the server is still away."""
    assert workstation("status").code == 0
    before = way.messages
    typed = ["annie@example.org"]
    assert workstation("add", "spring", "--email", typed[0], "--page", "picnic").code == 0
    messages = way.messages - before

    for left in range(1, LAST + 1):
        way.reopen()
        assert workstation("status").code == 0
        typed.append(f"annie{left}@example.org")
        way.cut_after(b"", messages - left)
        while (code := workstation("add", "spring", "--email", typed[-1], "--page", "picnic").code) == UNREACHABLE:
            assert way.is_cut
        assert code == 0, typed[-1]

    way.reopen()
    assert workstation("status").code == 0
    assert sorted(queued_in(workstation)) == sorted(typed)


def test_the_window_opens_while_the_server_is_away_and_becomes_the_real_one_by_itself(
    workstation: OfficeWorkstation, way: Proxy
) -> None:
    assert workstation("connections").code == 0
    way.close()
    assert workstation("add", "spring", "--email", "annie@example.org", "--page", "picnic").code == 0
    with socket.create_server(("127.0.0.1", way.port)) as deaf:
        window = workstation.started()
        for _ in range(2):  # the opening, and a look of the window that opened instead
            asking, _ = deaf.accept()
            asking.close()
    back = Proxy(server().port, own_port=way.port).start()
    try:
        end = time.monotonic() + PATIENCE
        while queued_in(workstation) != ["annie@example.org"]:
            assert window.poll() is None, window.communicate()
            assert time.monotonic() < end
            threading.Event().wait(0.1)
    finally:
        window.kill()
        window.communicate()
        back.close()


def queued_in(workstation: OfficeWorkstation) -> list[str]:
    """Return who is in the office's queue, as its server knows it."""
    database = json.loads((workstation.folder / "office.json").read_text())["database"]
    with server().connect(database) as sql:
        return [email for (email,) in sql.execute("SELECT email FROM ac_desktop.record").fetchall()]


def test_who_cannot_reach_the_office_is_discarded_on_request_and_the_log_says_so(
    workstation: OfficeWorkstation, way: Proxy
) -> None:
    assert workstation("connections").code == 0
    way.cut()
    for email in ("annie@example.org", "bob@example.org"):
        assert workstation("add", "spring", "--email", email, "--page", "picnic").code == 0

    asked = workstation("office", "discard", "Annie@example.org")
    assert (asked.code, "Nothing was discarded. To confirm, add --yes." in asked.err) == (2, True)
    assert "can't reach your office's server" in asked.err
    assert "bob@example.org" not in asked.out
    done = workstation("office", "discard", "Annie@example.org", "--yes")
    assert (done.code, "Discarded: 1." in done.out) == (0, True), done.err

    way.reopen()
    pushed = workstation("office", "discard", "--yes")
    assert (pushed.code, "in the office's queue now: 1" in pushed.err) == (0, True)
    assert "Discarded" not in pushed.out
    assert workstation("status", "--json").json["connections"][0]["records"]["waiting"] == 1
    assert workstation("office", "leave").code == 0
