"""What the program does for a figure: scripts run in a process of their own, so that their memory counts alone."""
