"""The laboratory behind the public door and the staff's."""
