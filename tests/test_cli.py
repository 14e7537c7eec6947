from pathlib import Path

import pytest

from ac_desktop.cli import WindowOptions, window_options
from ac_desktop.console.parser import build_parser


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ([], WindowOptions()),
        (["--practice"], WindowOptions(practice=True)),
        (["--first-paint", "--data-dir", "kept"], WindowOptions(data_dir=Path("kept"), first_paint=True)),
        (["--data-dir=kept", "--practice"], WindowOptions(data_dir=Path("kept"), practice=True)),
    ],
)
def test_what_opens_the_window_is_read_as_by_the_parser_of_all_commands(words: list[str], wish: WindowOptions) -> None:
    args = build_parser().parse_args(words)
    assert window_options(words) == wish
    assert WindowOptions(data_dir=args.data_dir, practice=args.practice, first_paint=args.first_paint) == wish


@pytest.mark.parametrize(
    "words", [["status"], ["--help"], ["--data-dir"], ["--data-dir="], ["--data-dir", "--practice"], ["open", "a.csv"]]
)
def test_everything_else_is_left_to_that_parser(words: list[str]) -> None:
    assert window_options(words) is None
