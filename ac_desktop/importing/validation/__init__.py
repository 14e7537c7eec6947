"""What becomes of each row: cleaned, in scope and complete, or why not."""
