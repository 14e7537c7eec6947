"""Reports and import results out."""
