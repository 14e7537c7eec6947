"""Reads a CSV file with `csv.DictReader` and puts all its columns into SQLite, and does nothing else.

`python -m tests.benchmarks.bare.import_csv FILE DATABASE`
"""

import csv
import json
import sqlite3
import sys
from pathlib import Path
from time import perf_counter


def main(file: Path, database: Path) -> float:
    """Return the seconds it takes."""
    began = perf_counter()
    sql = sqlite3.connect(database)
    with file.open(encoding="utf-8", newline="") as text, sql:
        reader = csv.DictReader(text)
        names = [f"column_{place}" for place in range(len(reader.fieldnames or ()))]
        sql.execute(f"CREATE TABLE donor ({', '.join(names)})")
        marks = ", ".join("?" for _ in names)
        sql.executemany(f"INSERT INTO donor VALUES ({marks})", (tuple(row.values()) for row in reader))  # noqa: S608
    sql.close()
    return perf_counter() - began


if __name__ == "__main__":
    print(json.dumps({"seconds": main(Path(sys.argv[1]), Path(sys.argv[2]))}))  # noqa: T201  read by the figure
