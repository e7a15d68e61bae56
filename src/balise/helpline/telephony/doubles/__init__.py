"""A small exchange of our own, for the demonstration and the tests."""
