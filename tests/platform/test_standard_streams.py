"""What the program says is seen: in any encoding of its output, and in a message box where it has no output."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.cli import main
from ac_desktop.console import terminal
from ac_desktop.console.terminal import ExitCode
from ac_desktop.platform import standard_streams
from tests.harness import Harness

ANSI = {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"}
"""Redirected output on Windows, where Polish is not the system's language."""


def test_a_name_that_the_code_page_lacks_is_printed_with_marks_in_its_place(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        harness.connect("Café Łódź")
    ended = subprocess.run(
        [sys.executable, "-m", "ac_desktop", "--data-dir", str(tmp_path / "data"), "connections"],
        env={**os.environ, **ANSI},
        capture_output=True,
        text=True,
        encoding="cp1252",
        check=False,
    )
    assert ended.returncode == ExitCode.OK, ended.stderr
    assert "Café ?ód?" in ended.stdout


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts of message boxes, of which none opens."""
    texts: list[str] = []
    monkeypatch.setattr(standard_streams, "show_message_box", texts.append)
    return texts


def test_the_windowed_program_says_in_a_box_why_it_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boxes: list[str]
) -> None:
    (tmp_path / "donors.sqlite3").mkdir()
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["--data-dir", str(tmp_path)]) == ExitCode.WRONG_USE
    assert len(boxes) == 1
    assert str(tmp_path) in boxes[0]


def test_where_somebody_reads_the_output_no_box_opens(capsys: pytest.CaptureFixture[str], boxes: list[str]) -> None:
    terminal.warn("a sentence")
    assert capsys.readouterr().err == "a sentence\n"
    assert boxes == []


def test_output_that_is_missing_takes_a_line_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    standard_streams.print_any_text()
    terminal.print_line("a sentence")
    terminal.print_json({})


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_what_an_encoding_lacks_is_replaced_whatever_the_system_does_by_default(
    monkeypatch: pytest.MonkeyPatch, errors: str
) -> None:
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="cp1252", errors=errors, newline=""))
    standard_streams.print_any_text()
    terminal.print_line("Łódź")
    sys.stdout.flush()
    assert printed.getvalue() == "?ód?\n".encode("cp1252")


def test_the_null_device_is_no_terminal_and_neither_is_a_missing_stream() -> None:
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        assert not standard_streams.is_terminal(nothing)
    assert not standard_streams.is_terminal(None)


if sys.platform != "win32":

    def test_a_terminal_is_one() -> None:
        ours, theirs = os.openpty()
        with os.fdopen(ours, "w"), os.fdopen(theirs, "r") as here:
            assert standard_streams.is_terminal(here)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another error for a pipe that nobody reads")
def test_a_command_whose_reader_has_gone_ends_as_it_would_have(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    words = [sys.executable, "-m", "ac_desktop", "connections", "--data-dir", str(tmp_path)]
    ended = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert not (tmp_path / "faults").exists()
