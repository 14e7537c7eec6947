"""What lets a system run the program without a window is well formed, starts `run`, and holds no key."""

import configparser
import os
import plistlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ac_desktop.console.parser import build_parser
from ac_desktop.console.terminal import ExitCode
from installers.deb import SERVICES
from installers.project import COMMAND, TITLE

UNIT = SERVICES / "ac-desktop.service"
RELAY = SERVICES / "ac-desktop-relay.service"
AGENT = SERVICES / "internal.ac_desktop.run.plist"
TASK = SERVICES / "ac-desktop-task.xml"
TASKS = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def unit(path: Path = UNIT) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.read(path, encoding="utf-8")
    return read


def started() -> dict[str, list[str]]:
    """Return the command that each system starts."""
    with AGENT.open("rb") as file:
        agent = plistlib.load(file)
    action = ET.parse(TASK).getroot().find(f".//{TASKS}Exec")  # noqa: S314  our own file
    assert action is not None
    texts = [action.findtext(f"{TASKS}{name}", "") for name in ("Command", "Arguments")]
    return {
        "systemd": unit()["Service"]["ExecStart"].split(),
        "launchd": agent["ProgramArguments"],
        "task scheduler": [texts[0], *texts[1].split()],
    }


@pytest.mark.parametrize("system", ["systemd", "launchd", "task scheduler"])
def test_each_starts_the_command_that_there_is(system: str) -> None:
    program, *arguments = started()[system]
    assert Path(program.replace("\\", "/")).stem in {COMMAND, TITLE}
    args = build_parser().parse_args(arguments)
    assert args.command == "run"
    assert not args.once


@pytest.mark.parametrize("path", sorted(SERVICES.iterdir()), ids=lambda path: path.name)
def test_none_holds_a_key(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "API_KEY=" in line or "SECRET=" in line]


def test_the_offices_service_relays_whatever_waits_under_a_user_of_its_own() -> None:
    service = unit(RELAY)["Service"]
    args = build_parser().parse_args(service["ExecStart"].split()[1:])
    assert (args.command, args.serve, args.name) == ("relay", True, None)
    assert args.data_dir == Path("/var/lib") / service["StateDirectory"]
    assert service["User"] != "root"
    assert service["ProtectHome"] == service["PrivateDevices"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


@pytest.mark.parametrize("path", [UNIT, RELAY], ids=lambda path: path.stem)
def test_the_unit_ends_as_the_program_does_and_keeps_others_out(path: Path) -> None:
    service = unit(path)["Service"]
    assert service["KillSignal"] == "SIGTERM"
    assert service["RestartPreventExitStatus"] == str(ExitCode.WRONG_USE.value)
    for option in ("NoNewPrivileges", "PrivateTmp", "ProtectKernelModules", "RestrictNamespaces", "LockPersonality"):
        assert service[option] == "yes"
    assert (service["UMask"], service["ProtectSystem"], service["LimitCORE"]) == ("0077", "strict", "0")


@pytest.mark.parametrize(("unit_file", "whose"), [(UNIT, "--user"), (RELAY, "--system")])
def test_systemd_reads_the_unit_without_a_complaint(tmp_path: Path, unit_file: Path, whose: str) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    text = unit_file.read_text(encoding="utf-8").replace(f"/usr/bin/{COMMAND}", "/bin/true")
    copy = tmp_path / unit_file.name
    copy.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [analyze, "verify", whose, copy],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in ran.stderr.splitlines() if unit_file.name in line or "manager" in line] == []


def test_launchd_starts_it_at_login_and_again_after_a_crash_alone() -> None:
    with AGENT.open("rb") as file:
        agent = plistlib.load(file)
    assert agent["Label"] == AGENT.stem
    assert (agent["RunAtLoad"], agent["KeepAlive"]) == (True, {"SuccessfulExit": False})
    assert agent["Umask"] == 0o077


def test_the_task_runs_as_the_user_once_at_a_time_and_without_end() -> None:
    root = ET.parse(TASK).getroot()  # noqa: S314  our own file
    assert root.tag == f"{TASKS}Task"

    def text(name: str) -> str:
        return root.findtext(f".//{TASKS}{name}", "")

    assert (text("LogonType"), text("RunLevel")) == ("InteractiveToken", "LeastPrivilege")
    assert (text("MultipleInstancesPolicy"), text("ExecutionTimeLimit")) == ("IgnoreNew", "PT0S")
    assert text("StartWhenAvailable") == "true"
