"""Wordings of surveys, read in a child with limits."""
