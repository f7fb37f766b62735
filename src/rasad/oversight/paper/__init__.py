"""Papers of the review."""
