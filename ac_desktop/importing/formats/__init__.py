"""Reads files as rows of cells: text, workbooks, JSON and archives."""
