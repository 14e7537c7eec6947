"""The sidebar: the connections with their state and counts, and the states of the chosen one."""
