from pathlib import Path

import pytest

from ac_desktop.console.parser import build_parser
from ac_desktop.door import WindowWish, window_wish


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ([], WindowWish()),
        (["--practice"], WindowWish(practice=True)),
        (["--first-paint", "--data-dir", "kept"], WindowWish(data_dir=Path("kept"), first_paint=True)),
        (["--data-dir=kept", "--practice"], WindowWish(data_dir=Path("kept"), practice=True)),
    ],
)
def test_what_opens_the_window_is_read_as_by_the_parser_of_all_commands(words: list[str], wish: WindowWish) -> None:
    args = build_parser().parse_args(words)
    assert window_wish(words) == wish
    assert WindowWish(data_dir=args.data_dir, practice=args.practice, first_paint=args.first_paint) == wish


@pytest.mark.parametrize(
    "words", [["status"], ["--help"], ["--data-dir"], ["--data-dir="], ["--data-dir", "--practice"], ["open", "a.csv"]]
)
def test_everything_else_is_left_to_that_parser(words: list[str]) -> None:
    assert window_wish(words) is None
