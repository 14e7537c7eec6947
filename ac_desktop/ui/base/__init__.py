"""What every part of the window shares: forms, icons, labels, theme, threads."""
