"""The window's part of an office: joining, sharing, the workstations and people of it, and leaving."""
