"""Badges and papers: what is signed, read and drawn."""
