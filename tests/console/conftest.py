"""The program as a script starts it: a process of its own, with a practice account beside it."""

import json
import locale
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.console.forked import forked_console

ROOT = Path(__file__).parents[2]
PRINTED = locale.getpreferredencoding(do_setlocale=False)
"""The encoding of redirected output: the ANSI code page on Windows, UTF-8 elsewhere."""


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Console:
    """Runs commands on one data folder, with the key in the environment alone."""

    def __init__(self, folder: Path, server: PracticeServer, *, is_forked: bool = True) -> None:
        self._forks = forked_console() if is_forked else None
        self.folder = folder
        self.server = server
        self.key = server.key

    def __call__(self, *arguments: object, key: str | None = "", stdin: str | None = None, **variables: str) -> Ran:
        environment = os.environ | variables
        if key is not None:
            environment["AC_DESKTOP_API_KEY"] = key or self.key
        words = [*map(str, arguments), "--data-dir", str(self.folder)]
        if self._forks is not None:
            code, out, err = self._forks.run(words, environment, stdin or "")
            ran = Ran(code, out.decode(PRINTED), err.decode(PRINTED))
        else:
            ended = subprocess.run(
                [sys.executable, "-m", "tests.unpaced_console", *words],
                cwd=ROOT,
                env=environment,
                input=stdin or "",
                capture_output=True,
                text=True,
                encoding=PRINTED,
                timeout=100,
                check=False,
            )
            ran = Ran(ended.returncode, ended.stdout, ended.stderr)
        assert "Traceback" not in ran.err, ran.err
        return ran

    def connect(self, name: str = "Spring", *more: object) -> Ran:
        return self("connect", name, "--url", self.server.url, "--list", self.server.list_id, *more)


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount()


@pytest.fixture
def practice(account: PracticeAccount) -> Iterator[PracticeServer]:
    with PracticeServer(account, rate=0) as running:
        yield running


@pytest.fixture
def console(tmp_path: Path, practice: PracticeServer) -> Console:
    return Console(tmp_path / "data", practice)
