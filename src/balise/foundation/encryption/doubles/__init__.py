"""The outside world of a demonstration and of the tests: a timestamp authority of our own."""
