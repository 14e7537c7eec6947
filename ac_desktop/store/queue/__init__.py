"""The queue of records: batches, claims, outcomes, and changes by people."""
