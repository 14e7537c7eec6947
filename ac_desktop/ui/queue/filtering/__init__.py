"""Which donors the queue shows: the filter, its chips and menus, and views that are saved."""
