"""Sources that files are imported from automatically."""
