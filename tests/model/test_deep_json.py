"""JSON from outside is read within bounds."""

import pytest

from ac_desktop.model.outside import MAX_DEPTH, parsed


def test_what_people_write_is_read() -> None:
    assert parsed('{"a": [1, {"b": null}]}') == {"a": [1, {"b": None}]}
    assert parsed(b"7") == 7
    assert parsed("[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 400, 990, 1_000, 200_000])
@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ('{"a":', "}")])
def test_no_nesting_is_more_than_no_json(depth: int, begin: str, end: str) -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        parsed(begin * depth + "1" + end * depth)
    with pytest.raises(ValueError, match=r"nested too deep|Expecting"):
        parsed(begin * depth)
