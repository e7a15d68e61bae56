"""Figures that everyone may read: pages, cards, files."""
