"""The percentage on a real session bus, as a dock hears it. Runs within `dbus-run-session`."""

import subprocess
from collections.abc import Iterator

import pytest

from ac_desktop.ui.main.task_bar import ENTRY, INTERFACE, PATH, TaskBar
from tests.ui.main.test_task_bar import running
from tests.ui.window_states import window_state


@pytest.fixture
def dock() -> Iterator["subprocess.Popen[str]"]:
    listening = subprocess.Popen(
        ["dbus-monitor", "--session", f"interface='{INTERFACE}'"], stdout=subprocess.PIPE, text=True
    )
    assert listening.stdout is not None
    for line in listening.stdout:
        if "NameLost" in line:
            break
    yield listening
    listening.kill()
    listening.communicate()


def heard(dock: "subprocess.Popen[str]", until: str) -> str:
    """Read what the dock hears up to and with a line that ends so."""
    assert dock.stdout is not None
    lines: list[str] = []
    while not lines or not lines[-1].strip().endswith(until):
        lines.append(dock.stdout.readline())
        assert lines[-1], "the bus is gone"
    return " ".join(" ".join(lines).split())


@pytest.mark.usefixtures("qapp")
def test_a_dock_hears_how_far_the_relay_is_and_that_it_has_ended(dock: "subprocess.Popen[str]") -> None:
    bar = TaskBar()
    bar.show_state(window_state(progress=running(1, 3)))
    ran = heard(dock, "boolean true")
    assert f"path={PATH}; interface={INTERFACE}; member=Update" in ran
    assert f'string "{ENTRY}"' in ran
    assert 'string "progress" variant double 0.25' in ran
    bar.hide()
    assert 'string "progress-visible" variant boolean false' in heard(dock, "boolean false")
