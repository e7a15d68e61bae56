"""Emerging uses: what was noticed, and what rises."""
