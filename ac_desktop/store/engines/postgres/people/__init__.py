"""The people of an office: their logins, what each may do, and the workstations they work at."""
