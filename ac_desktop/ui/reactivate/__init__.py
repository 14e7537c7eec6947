"""Testing a connection step by step, and bringing an inactive one back."""
