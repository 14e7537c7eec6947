"""The icon in the system tray, and the program that runs on behind it."""
