"""The tables of an office's database: made, and brought up to date, once for all workstations."""
