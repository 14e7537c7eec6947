"""Records waiting to be relayed: batches, claims, outcomes, and what people change."""
