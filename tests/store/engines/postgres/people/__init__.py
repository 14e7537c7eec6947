"""Tests of the people of an office on PostgreSQL."""
