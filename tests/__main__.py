"""Every check of the project, as one command: `python -m tests`; stops at the first that fails.

`python -m tests lint` runs all but the tests themselves, as pre-commit does. Some are no part of the rest:
`python -m tests audit` asks the network for known vulnerabilities, and `python -m tests coverage` runs the tests traced
and finds what none of them reaches. Nor is `python -m tests windows`: the program and its tests in their Windows form,
under Wine on Debian (`--help` tells more); nor `python -m tests pythons`: the rooms without Qt on other Pythons; nor
`python -m tests office`: the promises of an office, on a real server (`--long`: at length).
"""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
TESTS = (("pytest", "-n", "4", "--dist", "worksteal", "-q"),)


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
    failed = _run_together(LINT)
    if failed or arguments[:1] == ["lint"]:
        return failed
    for check in TESTS:
        print("$", *check, *arguments, flush=True)  # noqa: T201  says which check is running
        ended = subprocess.run([*_program(check), *arguments], cwd=ROOT, env=ENVIRONMENT, check=False)
        if ended.returncode:
            return ended.returncode
    return 0


def _program(check: Sequence[str]) -> list[str]:
    name, *rest = check
    return [*([str(SCRIPTS / name)] if name in PROGRAMS else [sys.executable, "-m", name]), *rest]


def _run_together(checks: Sequence[Sequence[str]]) -> int:
    """Run checks that only read, one a processor, and print them in their order; return the first failure's code."""

    def run(check: Sequence[str]) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(_program(check), cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for check, ended in zip(checks, pool.map(run, checks), strict=True):
            print("$", *check, flush=True)  # noqa: T201  says which check is running
            sys.stdout.buffer.write(ended.stdout)
            sys.stdout.flush()
            if ended.returncode:
                pool.shutdown(wait=False, cancel_futures=True)
                return ended.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
