"""What is done with calls and call-backs."""
