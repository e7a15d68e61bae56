"""The exchange: hashes that partners give us, that we give them, or that they ask about."""
