"""What the project keeps to, checked against outside evidence."""
