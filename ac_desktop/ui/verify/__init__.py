"""Donors said to be sent, held against the account."""
