"""What the centre publishes: pages written in Wagtail, read from a projection."""
