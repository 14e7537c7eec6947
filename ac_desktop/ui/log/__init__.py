"""What happened: the log, and the details of one relay as the integration page shows them."""
