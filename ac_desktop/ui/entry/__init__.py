"""Donors typed in by hand."""
