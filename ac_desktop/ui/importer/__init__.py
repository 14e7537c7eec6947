"""Files into the queue: dropped anywhere on the window, or chosen."""
