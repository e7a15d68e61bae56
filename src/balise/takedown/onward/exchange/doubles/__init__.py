"""Servers of ours that stand in for those of others, in tests and in a demonstration."""
