"""Queries of records by pages: filtered, sorted, counted."""
