"""A data folder that runs by itself on a clock of its own, with a practice account beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.model.connection import Connection
from ac_desktop.services import Services
from tests.harness import PATIENCE, Harness


def export(*numbers: int) -> str:
    """Return an export of made-up donors that leaves nothing open."""
    rows = [f"donor{number}@example.org,First{number},Last{number}" for number in numbers]
    return "\n".join(["Email,First Name,Last Name", *rows, ""])


@dataclass
class Unattended:
    """A harness whose automation is run step by step: each step goes on to the moment that it asks for."""

    harness: Harness
    folder: Path
    events: list[AutomationEvent] = field(default_factory=list)
    automation: Automation = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.automation = self.begin()

    @property
    def services(self) -> Services:
        return self.harness.services

    def begin(self) -> Automation:
        self.automation = Automation(self.services, self.events.append, longest_wait=3_600.0)
        return self.automation

    def restart(self) -> None:
        """Start the program again."""
        self.harness.restart()
        self.begin()

    def connect(self, name: str = "Spring", *, is_on: bool = True, watches: bool = True) -> Connection:
        connection = self.harness.connect(name)
        if watches:
            self.services.watched_folders.watch(connection.id, self.folder)
        if is_on:
            self.services.automatic_relays.turn_on(connection.id, self.harness.clock.now())
        return connection

    def drop(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def step(self) -> None:
        """Do what is due, let relays end, and go on to when something is due again."""
        due = self.automation.tick()
        for connection in self.services.connections.all():
            assert self.services.engine.join(connection.id, PATIENCE)
        self.automation.tick()
        self.harness.clock.set(max(self.harness.clock.now(), due))

    def run_for(self, seconds: float) -> None:
        until = self.harness.clock.now() + seconds
        while self.harness.clock.now() < until:
            self.step()

    def codes(self, *but: AutomationCode) -> list[AutomationCode]:
        return [event.code for event in self.events if event.code not in but]


@pytest.fixture
def unattended(tmp_path: Path) -> Iterator[Unattended]:
    with Harness(tmp_path / "data") as harness:
        yield Unattended(harness, tmp_path / "exports")
