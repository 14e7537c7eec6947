"""Knows the services whose exports are recognised: their headings, fields and profiles."""
