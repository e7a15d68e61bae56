"""What is true of calls, without database, clock or settings."""
