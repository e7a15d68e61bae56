"""Every change in surveys."""
