"""Reads every row of a workbook's first sheet with python-calamine, and does nothing else.

`python -m tests.benchmarks.bare.read_workbook FILE`
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from python_calamine import CalamineWorkbook


def main(file: Path) -> float:
    """Return the seconds it takes."""
    began = perf_counter()
    book = CalamineWorkbook.from_path(str(file))
    for _ in book.get_sheet_by_index(0).iter_rows():
        pass
    return perf_counter() - began


if __name__ == "__main__":
    print(json.dumps({"seconds": main(Path(sys.argv[1]))}))  # noqa: T201  read by the figure
