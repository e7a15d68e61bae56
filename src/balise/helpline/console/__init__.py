"""The seat of a listener: what the other modules can do, put together for one person at work."""
