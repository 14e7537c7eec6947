"""What is kept of donors: for how long, and how one person is erased."""
