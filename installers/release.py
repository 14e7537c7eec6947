"""A release in one command: `python -m installers.release 0.2.0`; pushing the tag starts the rest.

It checks that the tree is clean and every check passes, writes the version and the day, commits, and tags.
`--check v0.2.0` only says whether the tag, the version and the changelog agree.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from installers import changes, project
from installers.changes import Release

NUMBER: Final = re.compile(r"\d+\.\d+\.\d+")
_IN_PROJECT: Final = re.compile(r'^version = "[^"]+"$', re.MULTILINE)
_IN_PROGRAM: Final = re.compile(r'^__version__ = "[^"]+"$', re.MULTILINE)


class ReleaseError(Exception):
    """Why there is no release, as a sentence."""


def main(arguments: list[str]) -> int:
    """Make a release, or check one; returns 2 where it cannot be."""
    try:
        _carry_out(arguments)
    except (ReleaseError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _carry_out(arguments: list[str]) -> None:
    match arguments:
        case ["--check", tag]:
            check(tag)
        case [version] if NUMBER.fullmatch(version):
            release(Release(version, datetime.now(UTC).date()), project.TOP)
            sys.stdout.write(f"Released {version} here. Now: git push --follow-tags\n")
        case _:
            raise ReleaseError("Say the version: python -m installers.release 0.2.0")


def release(new: Release, top: Path, checks: tuple[str, ...] = (sys.executable, "-m", "tests")) -> None:
    """Write, commit and tag a release in the repository at `top`. Raises ReleaseError; nothing is changed then."""
    if _git(top, "status", "--porcelain"):
        raise ReleaseError("There are changes that are not committed. Commit them, then release.")
    if _git(top, "tag", "--list", f"v{new.version}"):
        raise ReleaseError(f"Version {new.version} is released already.")
    written = _written(new, top)
    if subprocess.run(checks, cwd=top, check=False).returncode:
        raise ReleaseError("A check fails. Mend it, then release.")
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    _git(top, "commit", "--quiet", "--all", "--message", f"Release {new.version}")
    _git(top, "tag", "--annotate", f"v{new.version}", "--message", f"AC Desktop {new.version}")


def check(tag: str) -> None:
    """Return whether a tag is that of the version here, with its own heading in the changelog."""
    releases = changes.releases(changes.FILE.read_text(encoding="utf-8"))
    if tag != f"v{project.version()}":
        raise ReleaseError(f"The tag is {tag}, but the version is {project.version()}.")
    if not releases or releases[0].version != project.version():
        raise ReleaseError(f"CHANGELOG.md does not begin with {project.version()}.")


def _written(new: Release, top: Path) -> dict[Path, str]:
    """Return the files as they are in the release. Raises ReleaseError where the version does not rise."""
    files = {path: (top / path).read_text(encoding="utf-8") for path in ("pyproject.toml", "CHANGELOG.md")}
    program = top / "ac_desktop" / "__init__.py"
    before = [one.version for one in changes.releases(files["CHANGELOG.md"])]
    if before and _parts(new.version) <= _parts(before[0]):
        raise ReleaseError(f"Version {new.version} does not come after {before[0]}.")
    return {
        top / "pyproject.toml": _IN_PROJECT.sub(f'version = "{new.version}"', files["pyproject.toml"], count=1),
        top / "CHANGELOG.md": changes.closed(files["CHANGELOG.md"], new),
        program: _IN_PROGRAM.sub(f'__version__ = "{new.version}"', program.read_text(encoding="utf-8"), count=1),
    }


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _git(top: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=top, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
