"""The sheet of rows on the Check page: its keys, and corrections that can be undone."""
