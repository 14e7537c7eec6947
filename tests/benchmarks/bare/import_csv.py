"""Reads a CSV file with `csv.DictReader` and puts all its columns into SQLite, and does nothing else.

`python -m tests.benchmarks.bare.import_csv FILE DATABASE [ENCODING DELIMITER]`
"""

import csv
import json
import sqlite3
import sys
from pathlib import Path
from time import perf_counter


def main(file: Path, database: Path, encoding: str = "utf-8", delimiter: str = ",") -> float:
    """Return the seconds it takes; cells beyond the header are left out."""
    began = perf_counter()
    sql = sqlite3.connect(database)
    with file.open(encoding=encoding, newline="") as text, sql:
        reader = csv.DictReader(text, delimiter=delimiter)
        width = len({*(reader.fieldnames or ())})
        sql.execute(f"CREATE TABLE donor ({', '.join(f'column_{place}' for place in range(width))})")
        marks = ", ".join("?" * width)
        rows = (tuple(row.values())[:width] for row in reader)
        sql.executemany(f"INSERT INTO donor VALUES ({marks})", rows)  # noqa: S608
    sql.close()
    return perf_counter() - began


if __name__ == "__main__":
    seconds = main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
    print(json.dumps({"seconds": seconds}))  # noqa: T201  read by the figure
