"""Connections whose host names belong to one account are connections of one account, those of today's databases too."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model.address import account_of, parse_address
from ac_desktop.model.states import RecordState
from ac_desktop.store.engines.sqlite import database as database_module
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from ac_desktop.store.engines.sqlite.migrations import STEPS
from ac_desktop.store.engines.sqlite.rate_limit_store import FILE_NAME as PACE_FILE
from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore
from ac_desktop.store.queue.claims import Claim, NoClaim
from tests.made_up import NOW, Store, new_record, settings

ADDRESSES = (
    "https://acct.api-us1.com",
    "https://acct.activehosted.com",
    "https://acct.api-eu1.com",
    "https://acct.api-ca12.com",
    "https://acct.api.activecampaign.com",
    "https://acct.staging.listfly.com",
    "https://staging-7.api-us1.com",
    "https://acct.api-us123.com",
    "https://acct.api-us1.com.evil.example",
    "https://crm.example.org",
    "https://api-us1.example.com",
    "http://localhost:8080",
    "http://127.0.0.1:8080",
    "http://localhost",
    "https://localhost",
    "http://127.0.0.1:08081",
)


def old_database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a database of the second schema, where each host name is an account, with a connection to each address."""
    with monkeypatch.context() as patch:
        before = STEPS[:2]
        patch.setattr(database_module, "STEPS", before)
        patch.setattr(database_module, "VERSION", len(before))
        SqliteDatabase(folder).close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
        for number, address in enumerate(ADDRESSES):
            base = parse_address(address).base
            host = base.partition("://")[2].partition("/")[0]
            sql.execute("INSERT OR IGNORE INTO account VALUES (?, ?)", (host, 5 - number % 4))
            sql.execute(
                "INSERT INTO connection (name, key_name, base, account, list_id, list_name, scope_kind, scope_pages,"
                " phone_style, consent_guard, keep_fields, state, streak, wait_until, careful, created_at)"
                " VALUES (?, ?, ?, ?, '1', '', 'all', '[]', 'digits', 1, '', 'active', 0, 0, 0, 0)",
                (f"Connection {number}", f"key {number}", base, host),
            )
        sql.execute("INSERT INTO account VALUES ('gone.activehosted.com', 1)")
        sql.commit()


def test_a_database_of_today_gives_each_account_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(STEPS) > 2
    old_database(tmp_path, monkeypatch)
    with Store(tmp_path) as store:
        rows = store.database.rows("SELECT base, account FROM connection ORDER BY id")
        paces = {str(host): int(pace) for host, pace in store.database.rows("SELECT host, pace FROM account")}
        expected = {
            connection.settings.address.host: connection.settings.pace for connection in store.connections.all()
        }
        assert store.database.rows("PRAGMA foreign_key_check") == []

    assert [account for _, account in rows] == [account_of(base) for base, _ in rows]
    assert {base for base, _ in rows} == {parse_address(address).base for address in ADDRESSES}
    assert set(paces) == {account for _, account in rows} | {"gone.api-us1.com"}
    assert paces["acct.api-us1.com"] == 2, "the slower pace is safe for all that are one now"
    assert expected["acct.activehosted.com"] == expected["acct.api-us1.com"] == 2
    assert expected["crm.example.org"] == 4


def test_the_last_pace_set_holds_for_every_host_name_of_an_account(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = store.connect(settings("First", pace=4))
        second = store.connect(settings("Second", address="https://acct.activehosted.com", pace=2))

        assert first.account == second.account
        assert store.now_is(first).settings.pace == store.now_is(second).settings.pace == 2
        store.connections.change(first.id, settings("First", pace=5), NOW)
        assert store.now_is(second).settings.pace == 5


def test_nobody_is_relayed_beside_themselves_over_two_host_names_of_an_account(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = store.connect(settings("First"))
        second = store.connect(settings("Second", address="https://acct.activehosted.com"))
        for connection in (first, second):
            store.fill(connection, [new_record(2)])
        claim = store.queue.claim(first.id, NOW)

        assert isinstance(claim, Claim)
        assert isinstance(store.queue.claim(second.id, NOW), NoClaim)


def test_another_host_name_of_the_same_account_keeps_the_contacts_known(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        connection = store.connect()
        store.fill(connection, 1)
        with store.database.writing() as sql:
            sql.execute("UPDATE record SET step = 'list', contact_id = '25'")
        moved = replace(connection.settings, address=parse_address("acct.activehosted.com"))

        assert not store.connections.preview_change(connection.id, moved).other_account_or_list
        store.connections.change(connection.id, moved, NOW)
        assert store.claim(connection).contact_id == "25"
        assert store.states(connection) == [RecordState.SENDING]


def test_what_the_ledger_has_of_each_host_name_becomes_one(tmp_path: Path) -> None:
    SqliteRateLimitStore(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / PACE_FILE)) as sql:
        sql.executemany(
            "INSERT INTO pace VALUES (?, ?, ?, ?)",
            [
                ("acct.api-us1.com", 10.0, 20.0, 1),
                ("acct.activehosted.com", 12.0, NOW + 30.0, 3),
                ("bulk import at acct.activehosted.com", 7.0, 0.0, 0),
                ("localhost:8080", 8.0, 0.0, 0),
                ("crm.example.org", 9.0, 0.0, 0),
            ],
        )
        sql.commit()

    ledger = SqliteRateLimitStore(tmp_path)
    assert ledger.busy_left("acct.api-us1.com", NOW) == 30.0
    ledger.close()
    with closing(sqlite3.connect(tmp_path / PACE_FILE)) as sql:
        rows = sql.execute("SELECT * FROM pace ORDER BY next_at").fetchall()
    assert rows == [
        ("bulk import at acct.api-us1.com", 7.0, 0.0, 0),
        ("127.0.0.1:8080", 8.0, 0.0, 0),
        ("crm.example.org", 9.0, 0.0, 0),
        ("acct.api-us1.com", 12.0, NOW + 30.0, 3),
    ]
