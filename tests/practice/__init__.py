"""The promises of the practice account."""
