"""Every change to an event, its places and who registered."""
