"""Asks for known vulnerabilities in what is locked: `python -m tests audit`. It needs the network.

pip-audit comes from a lock of its own (`tests/audit.lock`), into an environment that is removed afterwards. Exit codes:
0 none is known, 1 some are, 3 nobody could be asked.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TOOL: Final = ROOT / "tests" / "audit.lock"
LOCKS: Final = (ROOT / "requirements.lock", TOOL)
NOT_ASKED: Final = 3
FOUND: Final = 1
_FOUND_SOME: Final = "known vulnerabilit"


def main() -> int:
    """Ask, and say plainly where nobody could be asked."""
    with tempfile.TemporaryDirectory(prefix="ac-desktop-audit-") as place:
        venv.create(place, with_pip=True)
        python = Path(place) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        fetched = _run([str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(TOOL)])
        if fetched.returncode:
            return _not_asked("pip-audit could not be fetched", fetched)
        return max(_audited(python, lock) for lock in LOCKS)


def _audited(python: Path, lock: Path) -> int:
    asked = _run([str(python), "-m", "pip_audit", "--require-hashes", "--disable-pip", "-r", str(lock)])
    if asked.returncode == 0:
        sys.stdout.write(f"{lock.name}: no known vulnerability\n")
        return 0
    if _FOUND_SOME in asked.stderr:
        sys.stdout.write(f"{lock.name}:\n{asked.stdout}{asked.stderr}")
        return FOUND
    return _not_asked("the list of known vulnerabilities could not be asked", asked)


def _not_asked(what: str, ended: "subprocess.CompletedProcess[str]") -> int:
    last = (ended.stderr.strip().splitlines() or ["no reason was given"])[-1]
    sys.stderr.write(f"Nothing was audited: {what}. This check needs the network. ({last})\n")
    return NOT_ASKED


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


if __name__ == "__main__":
    sys.exit(main())
