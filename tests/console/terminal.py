"""A person at a terminal: the program runs on a pseudo-terminal, answers are typed once their question is seen."""

import errno
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.console.conftest import ROOT, Console, Ran

PATIENCE = 100.0


class Terminal:
    """Types answers and sees what a person sees; the key is in no environment, so that it is asked for."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, *arguments: object, answers: Sequence[tuple[str, str]] = (), key: str | None = None) -> Ran:
        """Run a command; each answer is typed after the words of its question. All that was seen is in `out`."""
        if sys.platform == "win32":
            raise NotImplementedError
        import pty
        import termios

        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (50, 200))
        environment = dict(os.environ)
        if key is not None:
            environment["AC_DESKTOP_API_KEY"] = key
        words = [*map(str, arguments), "--data-dir", str(self._console.folder)]
        module = "ac_desktop" if words[0] in {"restore", "fetch", "office"} else "tests.unpaced_console"
        with subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        ) as child:  # fmt: skip
            os.close(theirs)
            try:
                seen = self._talk(ours, list(answers))
                code = child.wait(PATIENCE)
            finally:
                child.kill()
                os.close(ours)
        assert "Traceback" not in seen, seen
        return Ran(code, seen, "")

    def _talk(self, terminal: int, answers: list[tuple[str, str]]) -> str:
        seen, answered = "", 0
        until = time.monotonic() + PATIENCE
        while select.select([terminal], [], [], max(0.0, until - time.monotonic()))[0]:
            try:
                more = os.read(terminal, 65536)
            except OSError as error:
                # So Linux says that nobody has the other end open any more.
                if error.errno != errno.EIO:
                    raise
                break
            if not more:
                break
            seen += more.decode("utf-8", "replace")
            if answers and answers[0][0] in seen[answered:]:
                answered = len(seen)
                os.write(terminal, f"{answers.pop(0)[1]}\n".encode())
        else:
            raise AssertionError(f"it neither went on nor ended: {seen}")
        assert not answers, f"never asked: {answers}; seen: {seen}"
        return seen
