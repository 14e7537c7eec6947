from collections.abc import Iterator

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import Api, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(clock: Clock) -> PracticeAccount:
    return PracticeAccount(clock=clock)


@pytest.fixture
def server(account: PracticeAccount) -> Iterator[PracticeServer]:
    with PracticeServer(account, rate=0) as running:
        yield running


@pytest.fixture
def api(server: PracticeServer) -> Iterator[Api]:
    caller = Api(server)
    yield caller
    caller.close()
