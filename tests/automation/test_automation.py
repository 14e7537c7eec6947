"""A data folder runs by itself: what is clear is queued and relayed, what is not waits for a person and says so."""

import pytest

from ac_desktop.automation.events import AutomationCode
from ac_desktop.automation.status import AutomationControl, NextAction
from ac_desktop.importing.sources.watched_folder import DONE
from ac_desktop.model.schedule import Schedule
from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.faults import Faults, Outage
from ac_desktop.store.history.notices import ActionCode, NoticeCode
from tests.automation.conftest import Unattended, export
from tests.harness import donors
from tests.store.programs import Program

MINUTE = 60.0
LOOKED = AutomationCode.LOOKED


def open_codes(unattended: Unattended) -> list[NoticeCode]:
    return [notice.code for notice in unattended.services.notices.open()]


def test_a_clear_export_is_on_the_list_without_anybody(unattended: Unattended) -> None:
    connection = unattended.connect()
    unattended.drop("spring.csv", export(1, 2, 3))

    unattended.run_for(20 * MINUTE)

    assert unattended.harness.emails_on_list() == {f"donor{number}@example.org" for number in (1, 2, 3)}
    assert sorted(path.name for path in (unattended.folder / DONE).iterdir()) == [
        "spring.csv",
        "spring.csv.receipt.html",
    ]
    expected = [AutomationCode.QUEUED, AutomationCode.RELAYING, AutomationCode.RELAYED]
    assert unattended.codes(LOOKED) == expected
    assert unattended.events[0].numbers == {"rows": 3, "waiting": 3, "held": 0, "skipped": 0}
    assert open_codes(unattended) == []
    status = AutomationControl(unattended.services).status(connection.id)
    assert (status.waiting, status.for_person, status.next) == (0, 0, NextAction.LOOK)
    assert status.last is not None


def test_with_the_switch_off_it_is_queued_and_waits(unattended: Unattended) -> None:
    connection = unattended.connect(is_on=False)
    unattended.drop("spring.csv", export(1, 2))

    unattended.run_for(20 * MINUTE)
    unattended.services.automatic_relays.turn_on(connection.id, unattended.harness.clock.now())
    unattended.drop("summer.csv", export(5))
    unattended.run_for(20 * MINUTE)

    assert unattended.harness.emails_on_list() == {"donor5@example.org"}
    status = AutomationControl(unattended.services).status(connection.id)
    assert (status.waiting, status.for_person) == (0, 2)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("no-email.csv", "Supporter,Town\nAnnie Dot,Sampleton\n", "question"),
        ("broken.xlsx", "this is no workbook at all", "not_readable"),
        ("held.csv", "Email,First Name\nannie@example.org,Annie\nno address,Ben\n", "held_rows"),
        ("status.csv", "Email,Membership status\nannie@example.org,limbo\n", "status"),
    ],
)
def test_a_file_in_doubt_waits_for_a_person_and_says_so_once(
    unattended: Unattended, name: str, text: str, why: str
) -> None:
    connection = unattended.connect()
    path = unattended.drop(name, text)

    unattended.run_for(60 * MINUTE)
    unattended.restart()
    unattended.run_for(60 * MINUTE)

    (notice,) = unattended.services.notices.open()
    assert notice.code is NoticeCode.IMPORT_NEEDS_ANSWER
    assert notice.details == {"source": "folder", "file": name, "why": why}
    assert unattended.codes(LOOKED) == [AutomationCode.NEEDS_ANSWER]
    assert path.exists()
    assert unattended.harness.counts(connection).rows == 0
    assert not unattended.harness.account.requests()

    path.unlink()
    unattended.run_for(20 * MINUTE)
    assert open_codes(unattended) == []


def test_a_notice_that_a_person_has_read_is_closed_until_there_is_another_reason(unattended: Unattended) -> None:
    connection, control = unattended.connect(), AutomationControl(unattended.services)
    unattended.drop("no-email.csv", "Supporter,Town\nAnnie Dot,Sampleton\n")
    unattended.run_for(10 * MINUTE)
    (notice,) = control.status(connection.id).notices

    control.close_notice(notice)
    unattended.run_for(30 * MINUTE)

    assert control.status(connection.id).notices == ()
    unattended.drop("no-email.csv", "Supporter,City\nAnnie Dot,Sampleton\n")
    unattended.run_for(30 * MINUTE)
    assert [one.code for one in control.status(connection.id).notices] == [NoticeCode.IMPORT_NEEDS_ANSWER]


def test_a_file_that_is_still_being_written_is_read_when_it_is_complete(unattended: Unattended) -> None:
    connection = unattended.connect()
    path = unattended.drop("spring.csv", export(1))
    unattended.step()
    path.write_text(export(1, 2), encoding="utf-8")
    unattended.run_for(20 * MINUTE)

    assert unattended.harness.counts(connection).sent == 2
    assert AutomationCode.NEEDS_ANSWER not in unattended.codes()


def test_five_failures_make_it_inactive_and_a_notice_says_so(unattended: Unattended) -> None:
    connection = unattended.connect()
    unattended.harness.account.faults = Faults(outage=Outage.ERROR_500)
    unattended.drop("spring.csv", export(*range(20)))
    unattended.run_for(30 * MINUTE)

    assert unattended.harness.now_is(connection).state is ConnectionState.INACTIVE
    assert open_codes(unattended) == [NoticeCode.SWITCHED_OFF]
    assert AutomationControl(unattended.services).status(connection.id).next is NextAction.INACTIVE
    requests = len(unattended.harness.account.requests())
    unattended.drop("summer.csv", export(30))
    unattended.run_for(60 * MINUTE)
    assert len(unattended.harness.account.requests()) == requests
    assert unattended.codes().count(AutomationCode.SWITCHED_OFF) == 1


def test_a_missing_key_is_said_and_tried_again_later(unattended: Unattended) -> None:
    connection = unattended.connect()
    key_name = unattended.services.connections.key_name(connection.id)
    unattended.harness.keys.delete(key_name)
    unattended.drop("spring.csv", export(1))
    unattended.run_for(10 * MINUTE)
    assert open_codes(unattended) == [NoticeCode.KEY_MISSING]

    unattended.harness.keys.set(key_name, unattended.harness.server.key)
    unattended.run_for(30 * MINUTE)

    assert unattended.harness.counts(connection).sent == 1
    assert open_codes(unattended) == []


def test_a_folder_that_is_gone_is_said_until_it_is_back(unattended: Unattended) -> None:
    connection = unattended.connect()
    elsewhere = unattended.folder.with_name("gone")
    unattended.folder.rename(elsewhere)
    unattended.run_for(40 * MINUTE)
    assert open_codes(unattended) == [NoticeCode.FOLDER_UNREADABLE]

    elsewhere.rename(unattended.folder)
    unattended.run_for(40 * MINUTE)

    assert open_codes(unattended) == []
    assert unattended.services.notices.last_action(connection.id) is not None


def test_a_schedule_decides_when_the_folder_is_looked_at(unattended: Unattended) -> None:
    connection = unattended.connect()
    control = AutomationControl(unattended.services)
    control.choose_schedule(connection.id, Schedule(every_minutes=120))
    unattended.run_for(10 * MINUTE)
    unattended.drop("spring.csv", export(1))
    unattended.run_for(60 * MINUTE)
    assert unattended.harness.counts(connection).rows == 0
    assert control.status(connection.id).next is NextAction.LOOK

    unattended.run_for(120 * MINUTE)

    assert unattended.harness.counts(connection).sent == 1
    last = unattended.services.notices.last_action(connection.id)
    assert last is not None
    assert last.code in {ActionCode.RELAYED, ActionCode.LOOKED}


HOLDS = """
import sys
from pathlib import Path
from ac_desktop.platform.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.readline()
"""


def test_of_two_processes_one_looks_and_the_other_takes_over_when_it_dies(unattended: Unattended) -> None:
    connection = unattended.connect()
    with Program(HOLDS, unattended.services.folder / "automation.lock") as other:
        assert other.line() == "True"
        unattended.drop("spring.csv", export(1))
        unattended.run_for(60 * MINUTE)
        assert unattended.harness.counts(connection).rows == 0
        assert unattended.codes() == [AutomationCode.STANDBY]

        other.kill()
        unattended.run_for(60 * MINUTE)

    assert unattended.harness.counts(connection).sent == 1


def test_what_a_person_imports_is_theirs_to_relay(unattended: Unattended) -> None:
    connection = unattended.connect()
    unattended.harness.queue(connection, donors(2))
    unattended.run_for(60 * MINUTE)
    assert unattended.harness.counts(connection).waiting == 2
    assert not unattended.harness.account.requests()
