"""Detects which service a table comes from, and which column is which field."""
