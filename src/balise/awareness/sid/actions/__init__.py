"""What people do with the day."""
