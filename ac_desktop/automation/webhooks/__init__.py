"""Anedot's webhooks: requests over HTTP, checked by their signature, and queued before they are answered."""
