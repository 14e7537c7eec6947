"""A workstation whose API key was replaced elsewhere says by whom and when, and goes on with everything else."""

from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.console.offices import OfficeDatabase, create_office, joined

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


def test_who_has_an_outdated_key_is_told_and_can_do_everything_else(tmp_path: Path, account: PracticeAccount) -> None:
    database = OfficeDatabase()
    a = create_office(database, tmp_path / "a")
    b = joined(a, tmp_path / "b", f"ana_{database.mark}")
    with PracticeServer(account, rate=0) as practice:
        connect = ("connect", "Spring", "--url", practice.url, "--list", practice.list_id)
        new = account.add_key()
        for key in (practice.key, new):
            ran = a(*connect, key=key)
            assert ran.code == 0, ran.err
        assert b("add", "Spring", "--email", "annie@example.org", "--first", "Annie").code == 0
        asked = len(account.requests())

        refused = b("relay", "Spring", key=practice.key)

        assert (refused.code, len(account.requests())) == (2, asked)
        assert f"The key was replaced by {database.owner} on " in refused.err
        assert "Enter the new one to relay here." in refused.err
        assert b("status", "--json").json["connections"][0]["streak"] == 0
        assert b("relay", "Spring", key=new).code == 0
    assert {contact.email for contact in account.members(practice.list_id)} == {"annie@example.org"}
