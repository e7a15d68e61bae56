"""What an address is, and which addresses are anybody's business. Pure: no database, no network."""
