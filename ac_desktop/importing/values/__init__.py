"""Reads what a single cell says: dates, money, addresses, and words about consent and donations."""
