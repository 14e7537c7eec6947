"""What runs by itself, in the window: the switch, the schedule, the notices, and the thread it all runs on."""
