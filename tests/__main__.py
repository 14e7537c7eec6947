"""Every check of the project, as one command: `python -m tests`; stops at the first that fails.

`python -m tests lint` runs all but the tests themselves, as pre-commit does. Some are no part of the rest:
`python -m tests audit` asks the network for known vulnerabilities, and `python -m tests coverage` runs the tests traced
and finds what none of them reaches. Nor is `python -m tests windows`: the program and its tests in their Windows form,
under Wine on Debian (`--help` tells more); nor `python -m tests pythons`: the rooms without Qt on other Pythons; nor
`python -m tests office`: the promises of an office, on a real server (`--long`: at length).
"""

import io
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Final

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))
"""Where this Python's packages put their programs; on Windows without a virtual environment not beside Python."""
WORKFLOWS = tuple(str(path.relative_to(ROOT)) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")))
SYSTEMS = ("linux", "win32", "darwin")
"""What the types are checked for; each has a cache of its own, as another system's is of no use."""
LINT = (
    ("ruff", "format", "--check", "--quiet", "."),
    ("ruff", "check", "--quiet", "."),
    *(("mypy", "--platform", system, "--cache-dir", f".mypy_cache/{system}") for system in SYSTEMS),
    ("tests.import_direction",),
    ("tests.style_guide",),
    ("vulture",),
    ("deptry", ".", "--no-ansi"),
    ("check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS),
    ("zizmor", "--offline", "--quiet", "--no-progress", "--config", ".github/zizmor.yml", *WORKFLOWS),
)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What is compiled is kept: the tests start hundreds of processes, each of which would compile the program anew."""
PROGRAMS = {"zizmor"}
"""What is a program of its own, and no module of Python."""
TESTS = ("pytest", "-n", "4", "--dist", "worksteal", "-q")
_LATER: Final = 10
"""How much lower than the tests' the priority of what runs beside them is, as `nice` counts."""


def main(arguments: list[str]) -> int:
    """Run the checks; returns the exit code of the first that fails."""
    if arguments[:1] == ["audit"]:
        from tests import audit

        return audit.main()
    if arguments[:1] == ["coverage"]:
        from tests import coverage

        return coverage.main(arguments[1:])
    if arguments[:1] == ["office"]:
        from tests.office import __main__ as office

        return office.main(arguments[1:])
    if arguments[:1] == ["pythons"]:
        from tests import pythons

        return pythons.main(arguments[1:])
    if arguments[:1] == ["windows"]:
        lane = ["bash", ".ci/windows", *arguments[1:]]
        return subprocess.run(lane, cwd=ROOT, env={**os.environ, "PYTHON": sys.executable}, check=False).returncode
    return _lint() if arguments[:1] == ["lint"] else _tests_with_lint(arguments)


def _tests_with_lint(arguments: Sequence[str]) -> int:
    """Run the tests, and the other checks on what these leave of the processors; the first that fails ends the tests.

    Tests wait for each other and for processes that they start; what is checked beside them would take a minute.
    """
    print("$", *TESTS, *arguments, flush=True)  # noqa: T201  says which check is running
    with subprocess.Popen([*_program(TESTS), *arguments], cwd=ROOT, env=ENVIRONMENT) as tests:
        said = io.BytesIO()
        failed = _lint(said, beside_tests=True)
        if failed:
            tests.terminate()
        ended = tests.wait()
        sys.stdout.buffer.write(said.getvalue())
        sys.stdout.flush()
    return failed or ended


def _program(check: Sequence[str]) -> list[str]:
    name, *rest = check
    return [*([str(SCRIPTS / name)] if name in PROGRAMS else [sys.executable, "-m", name]), *rest]


def _lint(said: IO[bytes] | None = None, *, beside_tests: bool = False) -> int:
    """Run what only reads, one a processor, and show it in its order; return the first failure's code."""
    shown = said or sys.stdout.buffer

    def run(check: Sequence[str]) -> tuple[int, bytes]:
        with subprocess.Popen(_program(check), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            if beside_tests and sys.platform != "win32":
                os.setpriority(os.PRIO_PROCESS, process.pid, _LATER)
            output, _ = process.communicate()
            return process.returncode, output

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for check, (code, output) in zip(LINT, pool.map(run, LINT), strict=True):
            shown.write(f"$ {' '.join(check)}\n".encode() + output)
            shown.flush()
            if code:
                pool.shutdown(wait=False, cancel_futures=True)
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
