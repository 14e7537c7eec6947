"""A workstation whose office's server is away says so, keeps what is typed, and brings it there once."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.anedot import donation_rows, write_export
from tests.console.offices import OfficeDatabase, OfficeWorkstation, create_office, ended
from tests.office.proxy import Proxy
from tests.postgres_server import server

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


def test_the_window_opens_while_the_server_is_away_and_becomes_the_real_one_by_itself(
    workstation: OfficeWorkstation, way: Proxy
) -> None:
    assert workstation("connections").code == 0
    way.close()
    with socket.create_server(("127.0.0.1", way.port)) as deaf:
        running = workstation.started("--first-paint")
        for _ in range(2):  # the opening, and a look of the window that opened instead
            asking, _ = deaf.accept()
            asking.close()
    back = Proxy(server().port, own_port=way.port).start()
    try:
        ran = ended(running)
    finally:
        back.close()

    assert ran.code == 0
    assert "first_paint_ms" in ran.json, ran.out


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
