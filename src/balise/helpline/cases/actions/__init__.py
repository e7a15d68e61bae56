"""What the helpline does with people who were handed to it."""
