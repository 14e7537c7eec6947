"""What runs by itself: sources looked at by a schedule, webhooks, and the automatic relay of what they bring in."""
