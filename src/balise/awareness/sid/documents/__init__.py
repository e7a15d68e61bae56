"""Papers of the day."""
