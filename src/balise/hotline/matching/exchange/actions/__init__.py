"""Every change in the exchange of hashes."""
