"""Pictures as octets."""
