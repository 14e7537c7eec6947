"""The dialog with the program's settings, a page for each subject."""
