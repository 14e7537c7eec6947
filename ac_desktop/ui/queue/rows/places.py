"""Where IDs are among those of a list, and where two lists differ."""

from array import array
from bisect import bisect_left


def rows_among(ids: "array[int]", some: set[int]) -> dict[int, int]:
    """Return the rows of some IDs, found in one pass over all."""
    return {number: row for row, number in enumerate(ids) if number in some}


def row_in(ids: "array[int]", record_id: int, *, is_ascending: bool) -> int | None:
    """Return the row of an ID, None where it is not there."""
    if is_ascending:
        at = bisect_left(ids, record_id)
        return at if at < len(ids) and ids[at] == record_id else None
    try:
        return ids.index(record_id)
    except ValueError:
        return None


def common_head(one: "array[int]", other: "array[int]") -> int:
    """Return how many numbers both begin with, comparing whole slices at once."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_tail(one: "array[int]", other: "array[int]", head: int) -> int:
    """Return how many numbers both end with, beyond the common head."""
    low, high = 0, min(len(one), len(other)) - head
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def runs(ids: "array[int]", some: set[int]) -> list[tuple[int, int]]:
    """Return the ranges of rows that hold `some` of the numbers."""
    runs: list[tuple[int, int]] = []
    for row in sorted(bisect_left(ids, number) for number in some):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
