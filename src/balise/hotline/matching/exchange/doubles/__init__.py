"""Sources of hashes and platforms of our own, on the loopback: for demonstration and tests."""
