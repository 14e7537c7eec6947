"""Rows and answers are kept small, and come back exactly as they were."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ac_desktop.activecampaign import requests
from ac_desktop.activecampaign.client import Client
from ac_desktop.activecampaign.requests import Response
from ac_desktop.model.address import parse_address
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.payload import ContactPayload, ListPayload
from ac_desktop.model.states import RecordState
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.queue.records import StateCounts, decode_cells, encode_cells, encode_rows
from tests.made_up import Store, donor, new_record

TEXTS = st.text(max_size=20)
JSON = st.dictionaries(
    TEXTS, st.none() | st.booleans() | st.integers() | TEXTS | st.lists(TEXTS, max_size=2), max_size=3
)
STEPS = st.builds(
    StepLog,
    step=TEXTS,
    method=st.sampled_from(["GET", "POST"]),
    path=TEXTS,
    status=st.none() | st.integers(100, 599),
    response=st.text(max_size=200),
    cut=st.booleans(),
    headers=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    duration_ms=st.integers(0, 10**6),
    trouble=TEXTS,
    request=st.none() | JSON,
)


WITH_DICTIONARY = (
    "78bb0159da5d23ca68603d591d03531703cc3a31908c0564c60033785e662abc74043a3f46492706e81fb0a491690cb0"
    "f5a0a403c97a98d69b271ba6e9e626a6a4ea961628c5c642bca1a403f276ac4e347e0f41ca05b8d9b13a96a0c4a39098"
    "575c0eacce2166c402005c444762"
)
WITHOUT_DICTIONARY = (
    "789c6d8ec10ac23010447f45e6bcb1b620a227af82a0a80721c921b45b09a4696d5a54a4ff6ed47af3b4bbb38f99911279ed3b93"
    "7720ec77c7531cc9a824e1e17350364b094ff5e31456f1e0ca58175705e3bde535df4dd5389ed6ed4581146cf179667385610095"
    "c6052629711607bef61c3ab12962d4224f4b51998245df40eb983523807cef9c260967c39f5edba8862ff486476f4d4b82af27c6"
    "871bb7a3877e015c444762"
)
"""The steps of `test_stored_steps_are_read`, as versions stored them that had no dictionary."""


@given(st.lists(STEPS, max_size=4).map(tuple))
def test_steps_come_back_as_they_were(steps: tuple[StepLog, ...]) -> None:
    assert decode_steps(encode_steps(steps)) == steps


@pytest.mark.parametrize("stored", [WITH_DICTIONARY, WITHOUT_DICTIONARY])
def test_stored_steps_are_read(stored: str) -> None:
    assert decode_steps(bytes.fromhex(stored)) == (
        StepLog(
            step="contact",
            method="POST",
            path="/contact/sync",
            status=201,
            response='{"contact":{"email":"annie@example.org","id":"25"}}',
            headers=(("X-Request-Id", "7c1f-made-up"),),
            duration_ms=200,
        ),
        StepLog(step="list", method="POST", path="/contactLists", status=None, trouble="no answer", duration_ms=9),
    )


@pytest.fixture
def relayed_steps() -> tuple[StepLog, ...]:
    """The three steps of a relay with the consent guard, answered by the practice account."""
    with PracticeServer(rate=0) as server:
        server.account.add_contacts(3, list_id=server.list_id)
        client = Client(parse_address(server.url), server.key)
        steps = []
        for name, request in [
            ("contact", requests.sync_contact(ContactPayload("donor0001@example.org", "2252501301", "Dot", "Annie"))),
            ("memberships", requests.memberships("1")),
            ("list", requests.join_list(ListPayload(server.list_id, "1"))),
        ]:
            reply = client.send(request)
            assert isinstance(reply, Response)
            text = reply.body.decode()
            steps.append(
                StepLog(
                    step=name,
                    method=request.method,
                    path=request.path,
                    status=reply.status,
                    response=text,
                    request=request.body,
                    headers=(("x-request-id", reply.headers["x-request-id"]),),
                )
            )
        client.close_thread()
    return tuple(steps)


def test_a_relay_of_the_practice_account_is_kept_in_a_third_of_its_size(relayed_steps: tuple[StepLog, ...]) -> None:
    """A donor costs two answers of about 3 kB together; a million of them have to fit on a disk."""
    packed = encode_steps(relayed_steps)

    assert decode_steps(packed) == relayed_steps
    assert len(packed) * 3 <= sum(len(step.response) for step in relayed_steps)


def test_three_attempts_fit_into_a_page_of_the_database(relayed_steps: tuple[StepLog, ...]) -> None:
    """A row is at most a third of SQLite's 4 KB; what is above it takes half a page, 680 bytes more a donor."""
    rest_of_a_row = 260

    assert len(encode_steps(relayed_steps)) + rest_of_a_row <= 4096 // 3


CELLS = st.lists(st.text(st.characters() | st.sampled_from('\x1e\x1f\x00\n,"')), max_size=6).map(tuple)


@given(CELLS)
@example(())
@example(("",))
@example(("", ""))
@example(("\x1f",))
@example(("\x1e[]",))
@example(("a\x1fb", "c"))
@example(("half a sign: \ud83d", "Annie"))
def test_cells_come_back_as_the_file_had_them(cells: tuple[str, ...]) -> None:
    packed = encode_cells(cells)

    assert decode_cells(packed) == cells
    assert packed.encode().decode() == packed, "the database takes no half signs"


@pytest.mark.parametrize(
    "cells", [(), ("",), ("", ""), ("a\x1fb",), ("\x1e",), ("Núñez", "\x00", "half: \ud83d"), tuple("abc") * 500]
)
def test_the_original_row_is_kept_for_life(tmp_path: Path, cells: tuple[str, ...]) -> None:
    record = new_record(7)
    with Store(tmp_path) as store:
        connection = store.connect()
        made = type(record)(row=7, donor=donor(7), state=RecordState.WAITING, cells=cells)
        store.fill(connection, [made])
        (number,) = store.views.record_ids(connection.id)

        row = store.views.source_row(number)

    assert row is not None
    assert (row.row, row.cells, row.file_name) == (7, cells, "made-up.csv")


def test_an_everyday_row_is_kept_without_any_overhead() -> None:
    cells = ("annie@example.org", "Annie", "Dot", "2252501301")

    assert len(encode_cells(cells)) < len(json.dumps(cells))


def test_counts_balance() -> None:
    counts = StateCounts(waiting=1, sending=2, sent=3, held=4, skipped=5, failed=6)

    assert counts.rows == 21
    assert [counts.of(state) for state in RecordState] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "odd", [(), ("",), ("a\x1fb", "c"), ("\x1e[]", "c"), ("half a sign: \ud83d", "c"), ("plain", "too")]
)
def test_many_rows_are_packed_as_each_alone_would_be(odd: tuple[str, ...]) -> None:
    rows = [("annie@example.org", "Annie"), odd, ("ben@example.org", "")]

    assert encode_rows(rows) == [encode_cells(row) for row in rows]
