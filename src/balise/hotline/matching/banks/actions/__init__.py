"""Every change of banks, and every question to them."""
