"""Papers of an event."""
