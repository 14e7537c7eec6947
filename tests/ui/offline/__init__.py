"""Tests of what the window shows while an office's server is away."""
