"""What happens to those who wait, and to the seats of those who listen."""
