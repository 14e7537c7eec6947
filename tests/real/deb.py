"""The package for Debian and Ubuntu: it installs, what it installs is valid, and it removes itself without a trace.

Runs on what `python -m installers.deb` made.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers.project import BUNDLE, COMMAND, version


@pytest.fixture(scope="module")
def package() -> Path:
    (found,) = BUNDLE.parent.glob(f"{COMMAND}_{version()}_*.deb")
    return found


@pytest.fixture(scope="module")
def root(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A system's root with nothing in it but this package; what it needs is on the computer that tests it."""
    made = tmp_path_factory.mktemp("root")
    database = made / "var" / "lib" / "dpkg"
    for name in ("info", "updates"):
        (database / name).mkdir(parents=True)
    (database / "status").touch()
    _dpkg(made, "--install", package)
    yield made
    _dpkg(made, "--purge", COMMAND)
    assert [file for file in made.rglob("*") if COMMAND in file.name] == []


def _dpkg(root: Path, *arguments: object) -> None:
    _run(["dpkg", f"--root={root}", "--force-not-root", "--force-depends", *map(str, arguments)])


def _run(command: list[str]) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_it_names_the_libraries_that_it_leaves_to_the_system(package: Path) -> None:
    depends = _run(["dpkg-deb", "--field", str(package), "Depends"])
    assert {"libc6", "libegl1", "libgl1", "libxcb1"} <= {one.split()[0].rstrip(",") for one in depends.split(", ")}


def test_all_that_it_needs_is_there_where_it_is_tested(package: Path) -> None:
    depends = _run(["dpkg-deb", "--field", str(package), "Depends"])
    for name in (one.split()[0] for one in depends.split(", ")):
        _run(["dpkg-query", "--show", name])


def test_the_desktop_finds_it_and_offers_it_for_donor_files(root: Path) -> None:
    entry = root / "usr" / "share" / "applications" / f"{COMMAND}.desktop"
    _run(["desktop-file-validate", str(entry)])
    reported = entry.read_text(encoding="utf-8")
    assert f"Exec={COMMAND} open %F" in reported
    assert "text/csv;" in reported
    assert (root / "usr" / "share" / "icons" / "hicolor" / "48x48" / "apps" / f"{COMMAND}.png").is_file()


def test_a_double_click_on_an_invitation_opens_it(root: Path, tmp_path: Path) -> None:
    mime = shutil.copytree(root / "usr" / "share" / "mime", tmp_path / "mime")
    _run(["update-mime-database", str(mime)])
    globs = (mime / "globs2").read_text(encoding="utf-8").splitlines()
    (kind,) = [line.split(":")[1] for line in globs if line.endswith(":*.acoffice")]
    entry = (root / "usr" / "share" / "applications" / f"{COMMAND}.desktop").read_text(encoding="utf-8")
    (kinds,) = [line for line in entry.splitlines() if line.startswith("MimeType=")]
    assert kind in kinds.removeprefix("MimeType=").split(";")


def test_the_units_are_there_and_nothing_is_enabled(root: Path) -> None:
    units = root / "usr" / "lib" / "systemd"
    assert [file.name for file in sorted((units / "user").iterdir())] == [f"{COMMAND}.service"]
    assert [file.name for file in sorted((units / "system").iterdir())] == [f"{COMMAND}-relay.service"]
    assert not (root / "etc" / "systemd").exists()


def test_software_centres_can_show_it(root: Path) -> None:
    reported = _run(["appstreamcli", "validate-tree", "--no-net", str(root)])
    assert "Validation was successful" in reported
    assert f'version="{version()}"' in next((root / "usr/share/metainfo").iterdir()).read_text(encoding="utf-8")


def test_what_it_installs_works(root: Path, tmp_path: Path) -> None:
    reported = _run(["env", "-i", f"HOME={tmp_path}", str(root / "usr" / "bin" / COMMAND), "--smoke"])
    assert str(root / "usr" / "lib" / COMMAND / COMMAND) in reported
    assert "Everything works." in reported
