"""A messaging provider of ours, for the demonstration and the tests."""
