"""A release in one command: clean tree, checks, version, day, commit and tag, or a sentence and nothing changed."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from installers import changes
from installers.changes import Release
from installers.release import ReleaseError, main, release

SECOND = Release("0.2.0", date(2026, 11, 23))
WELL = (sys.executable, "-c", "")
BADLY = (sys.executable, "-c", "raise SystemExit(1)")
CHANGES = "# Changes\n\n## Not yet released\n\n- This.\n\n## 0.1.0, 2026-05-04\n\n- That.\n"


def _git(top: Path, *arguments: str) -> str:
    named = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *named, *arguments], cwd=top, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository like ours."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.org")
    (tmp_path / "ac_desktop").mkdir()
    (tmp_path / "ac_desktop" / "__init__.py").write_text('__version__ = "0.1.0"\n', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "0.1.0"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_release_writes_the_version_everywhere_and_tags_it(top: Path) -> None:
    release(SECOND, top, WELL)
    assert 'version = "0.2.0"' in (top / "pyproject.toml").read_text(encoding="utf-8")
    assert '__version__ = "0.2.0"' in (top / "ac_desktop" / "__init__.py").read_text(encoding="utf-8")
    text = (top / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changes.releases(text)[0] == SECOND
    assert changes.notes_of(text, "0.2.0") == "- This.\n"
    assert changes.notes_of(text, "0.3.0") == ""
    assert _git(top, "describe", "--exact-match").strip() == "v0.2.0"
    assert _git(top, "status", "--porcelain") == ""


def test_changes_that_are_not_committed_are_not_released(top: Path) -> None:
    (top / "CHANGELOG.md").write_text(CHANGES + "more", encoding="utf-8")
    with pytest.raises(ReleaseError, match="not committed"):
        release(SECOND, top, WELL)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9"])
def test_a_version_comes_after_the_one_before(top: Path, version: str) -> None:
    with pytest.raises(ReleaseError, match=f"{version} does not come after 0.1.0"):
        release(Release(version, SECOND.day), top, WELL)


def test_a_version_is_released_once(top: Path) -> None:
    release(SECOND, top, WELL)
    with pytest.raises(ReleaseError, match="released already"):
        release(SECOND, top, WELL)


def test_where_a_check_fails_nothing_is_changed(top: Path) -> None:
    with pytest.raises(ReleaseError, match="A check fails"):
        release(SECOND, top, BADLY)
    assert _git(top, "status", "--porcelain") == ""
    assert _git(top, "tag") == ""


def test_a_version_is_three_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["v2"]) == 2
    assert capsys.readouterr().err == "Say the version: python -m installers.release 0.2.0\n"


def test_a_tag_that_is_not_of_this_version_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "v99.0.0"]) == 2
    assert "The tag is v99.0.0, but the version is " in capsys.readouterr().err
