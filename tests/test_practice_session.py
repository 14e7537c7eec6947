"""Practice mode has a stand-in Anedot, whose donations are fetched with the account and the key that it comes with."""

from datetime import timedelta
from pathlib import Path

from ac_desktop.app import ServiceParts, build
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.platform.local_time import local_time
from ac_desktop.practice_session import PracticeSession
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import Keys


def build_services(folder: Path, keys: Keys, anedot: AnedotOptions) -> Services:
    return build(folder, parts=ServiceParts(keys=keys), anedot=anedot)


def test_two_days_are_fetched_without_setting_anything_up(tmp_path: Path) -> None:
    with PracticeSession(tmp_path, build_services) as session:
        (connection,) = session.services.connections.all()
        today = local_time(session.services.clock.now()).date()

        outcome = session.services.fetch_donations(connection, today - timedelta(days=1), today, by_itself=False)

        assert outcome.import_result is not None
        assert (outcome.import_result.rows, outcome.import_result.waiting) == (10, 2)
        assert outcome.requests_left == 998
