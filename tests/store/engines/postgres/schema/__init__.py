"""Tests of the schema of an office on PostgreSQL."""
