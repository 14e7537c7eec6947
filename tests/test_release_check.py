"""Whether there is a newer version: asked of one address, with nothing but our own version, and believed no further."""

import email.message
import json
from importlib import metadata

import pytest

from ac_desktop import __version__, release_check
from ac_desktop.release_check import NewestRelease, NoReleaseAnswerError
from tests.activecampaign.servers import Server, answer, says

PAGE = "https://example.org/releases/99.2.0"


def _release(tag: str = "v99.2.0", page: str = PAGE) -> bytes:
    return answer(json.dumps({"tag_name": tag, "html_url": page, "body": "more"}).encode())


def _address(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/latest"


def test_the_newest_version_is_reported_and_only_our_own_version_is_sent() -> None:
    with Server(says(_release())) as server:
        newest = release_check.ask_for_newest(_address(server))
    assert newest == NewestRelease("99.2.0", PAGE)
    assert newest.is_newer
    head = server.requests[0].decode().split("\r\n")
    assert head[0] == "GET /latest HTTP/1.1"
    names = {line.split(":")[0].lower() for line in head[1:] if line}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert f"User-Agent: AC-Desktop/{__version__}" in head


@pytest.mark.parametrize(("version", "is_newer"), [("0.0.9", False), (__version__, False), ("100.0.0", True)])
def test_versions_are_compared_by_their_numbers(version: str, is_newer: bool) -> None:  # noqa: FBT001  of the test
    assert NewestRelease(version, PAGE).is_newer is is_newer


def test_ten_comes_after_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_check, "__version__", "0.9.0")
    assert NewestRelease("0.10.0", PAGE).is_newer


@pytest.mark.parametrize(
    "reply",
    [
        answer(b"not JSON"),
        answer(b"[]"),
        answer(b"[" * 60_000),
        answer(b'{"tag_name": "v1.0.0"}'),
        _release("v1.0.0-rc.1"),
        _release("٣.1.1"),
        _release(page="http://example.org/1"),
        _release(page="file:///etc/passwd"),
        answer(status="404 Not Found"),
        answer(status="302 Found", headers="Location: https://example.org/\r\n"),
        answer(b"{", length=9),
        b"",
    ],
)
def test_whatever_else_comes_is_not_believed(reply: bytes) -> None:
    with Server(says(reply)) as server, pytest.raises(NoReleaseAnswerError) as raised:
        release_check.ask_for_newest(_address(server))
    assert str(raised.value).startswith(
        "Couldn't check for updates: 127.0.0.1 didn't report a version. Try again later. Your donors aren't affected"
    )
    assert len(server.requests) == 1, "a redirect is not followed"


def test_nobody_there_is_reported_in_the_same_sentence() -> None:
    with Server(says(b"")) as server:
        address = _address(server)
    with pytest.raises(NoReleaseAnswerError, match="didn't report a version"):
        release_check.ask_for_newest(address)


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_only_the_encrypted_web_is_asked(scheme: str) -> None:
    with Server(says(_release())) as server:
        with pytest.raises(NoReleaseAnswerError):
            release_check.ask_for_newest(f"{scheme}://localhost:{server.port}/latest")
        assert server.connections == 0


def test_the_address_is_that_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    about = email.message.Message()
    monkeypatch.setattr(metadata, "metadata", lambda _: about)
    assert release_check.feed() == ""
    about["Project-URL"] = "Homepage, https://example.org"
    assert release_check.feed() == ""
    about["Project-URL"] = "Release feed, https://example.org/latest"
    assert release_check.feed() == "https://example.org/latest"
    assert release_check.host(release_check.feed()) == "example.org"
