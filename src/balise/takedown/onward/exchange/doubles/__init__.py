"""Servers of ours that replace those of others, in tests and in a demonstration."""
