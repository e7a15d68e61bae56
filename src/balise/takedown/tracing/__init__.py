"""What an address is, where it is hosted, and who can be told."""
