"""Tests of reading an office on PostgreSQL."""
