"""What differs between operating systems: paths, display, process priority, core dumps, memory figures."""
