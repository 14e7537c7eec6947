"""Looks that can be cancelled, and what a window reads again and again."""
