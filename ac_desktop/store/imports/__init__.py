"""Imports: staging, row hashes, column layouts, watched folders."""
