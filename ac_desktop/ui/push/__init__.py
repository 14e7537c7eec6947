"""Failed, held or all records sent again."""
