"""The soak reports what grew: each thing that must not, separately."""

from dataclasses import replace

import pytest

from tests.soak import BYTES_A_DONOR, Measurement, faults

FIRST = Measurement(0, memory_kb=40_000, open_files=14, threads=1, database=200_000)
OVER = BYTES_A_DONOR // 20 + 1
"""Bytes a donor that are just more than the 5 % that are allowed above the documented ones."""
FLAT = [
    FIRST,
    *(
        Measurement(
            1_000 * part, memory_kb=50_000, open_files=18, threads=1, database=200_000 + 1_000 * part * BYTES_A_DONOR
        )
        for part in range(1, 11)
    ),
]


def test_what_stays_flat_is_no_fault() -> None:
    assert faults(FLAT, 10_000, 10_000) == []


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (replace(FLAT[-1], memory_kb=52_501), "Memory grew from 50,000 to 52,501 KB."),
        (replace(FLAT[-1], open_files=19), "Open files grew from 18 to 19."),
        (replace(FLAT[-1], threads=2), "Threads grew from 1 to 2."),
        (
            replace(FLAT[-1], database=FLAT[-1].database + 8_000 * OVER),
            f"A donor takes {BYTES_A_DONOR + OVER:,} bytes in the database",
        ),
    ],
)
def test_what_grew_is_reported(last: Measurement, expected: str) -> None:
    (fault,) = faults([*FLAT[:-1], last], 10_000, 10_000)

    assert fault.startswith(expected)


def test_a_donor_who_is_missing_is_reported() -> None:
    (fault,) = faults(FLAT, 10_000, 9_999)

    assert "9,999 are on the list" in fault
