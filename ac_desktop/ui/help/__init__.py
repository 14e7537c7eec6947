"""Help in the window: short pages of our own, one for each part, opened with F1."""
