"""Supply: everything locked by its hash and from nowhere in particular, and a list of all parts with the bundle."""

import json
import re
import subprocess
import sys
import tomllib
import venv
from importlib import metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers.sbom import as_json, bill_of_materials
from tests import audit

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
each_lock = pytest.mark.parametrize("lock", audit.LOCKS, ids=lambda lock: lock.name)


def locked(lock: Path) -> dict[str, list[str]]:
    """Return each locked requirement's name with its lines: one for every platform or Python that differs."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in filter(str.strip, text.splitlines()):
        found.setdefault(canonicalize_name(re.split(r"[=\[ ]", line)[0]), []).append(line)
    return found


@each_lock
def test_every_requirement_is_locked_to_one_version_by_hashes(lock: Path) -> None:
    found = locked(lock)
    assert len(found) > 20
    for name, line in ((name, line) for name, lines in found.items() for line in lines):
        assert re.match(r"[\w.\[\]-]+==[\w.+]+", line), name
        assert len(HASH.findall(line)) >= 1, name
        assert not re.sub(HASH, "", line).count("--"), name


@each_lock
def test_a_lock_names_no_host_and_no_path_of_a_computer(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text.replace("--no-emit-index-url", "")
    assert not re.search(r"(^|\s)(-e|file:|/(home|root|Users|tmp|work)\b|[A-Z]:\\)", text)


@pytest.mark.parametrize(
    ("group", "lock"),
    [("", "requirements.lock"), ("dev", "requirements.lock"), ("audit", "tests/audit.lock")],
)
def test_everything_asked_for_is_in_its_lock_at_a_version_that_fits(group: str, lock: str) -> None:
    found = locked(ROOT / lock)
    asked = PROJECT["dependency-groups"][group] if group else PROJECT["project"]["dependencies"]
    for requirement in map(Requirement, asked):
        versions = re.findall(r"==([\w.+]+)", " ".join(found[canonicalize_name(requirement.name)]))
        assert any(version in requirement.specifier for version in versions), requirement


def test_what_is_installed_is_what_is_locked() -> None:
    found = locked(ROOT / "requirements.lock")
    for part in bill_of_materials().components:
        if part.purl is not None:
            assert f"=={metadata.version(part.name)}" in " ".join(found[part.name]), part.name


def test_the_list_of_parts_is_valid_and_complete() -> None:
    text = as_json(bill_of_materials())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    report = json.loads(text)
    names = {part["name"] for part in report["components"]}
    asked = {
        canonicalize_name(requirement.name)
        for requirement in map(Requirement, PROJECT["project"]["dependencies"])
        if requirement.marker is None or requirement.marker.evaluate()
    }
    assert asked <= names
    assert {"urllib3", "certifi", "jaraco-context", "cpython", "openssl", "sqlite"} <= names, "and what they need"
    assert "pytest" not in names, "what only tests need is in no bundle"
    assert report["metadata"]["component"]["version"] == PROJECT["project"]["version"]
    for part in report["components"]:
        assert part["version"]


def test_the_list_is_written_where_the_bundle_wants_it(tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    ended = subprocess.run(
        [sys.executable, "-m", "installers.sbom", str(target)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["bomFormat"] == "CycloneDX"


def test_without_the_network_the_audit_says_that_nothing_was_audited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([(0, "", ""), (1, "", "ConnectionError: Name or service not known"), (0, "", "")])

    def run(command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(command, *next(answers))

    monkeypatch.setattr(audit, "_run", run)
    monkeypatch.setattr(venv, "create", lambda *_, **__: None)

    assert audit.main() == audit.NOT_ASKED
    reported = capsys.readouterr()
    assert "Nothing was audited" in reported.err
    assert "needs the network" in reported.err
    assert "Name or service not known" in reported.err


def test_a_vulnerability_that_is_known_fails_the_audit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = (1, "urllib3 2.0 CVE-0000-0000\n", "Found 1 known vulnerability in 1 package\n")
    answers = iter([(0, "", ""), found, (0, "", "")])
    monkeypatch.setattr(audit, "_run", lambda command: subprocess.CompletedProcess(command, *next(answers)))
    monkeypatch.setattr(venv, "create", lambda *_, **__: None)

    assert audit.main() == audit.FOUND
    assert "CVE-0000-0000" in capsys.readouterr().out
