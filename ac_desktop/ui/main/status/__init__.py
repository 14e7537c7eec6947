"""The status line and the activity chart."""
