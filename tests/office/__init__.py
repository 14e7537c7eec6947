"""The office's promises, shown by workstations as processes, a real server and an account: `python -m tests office`."""
