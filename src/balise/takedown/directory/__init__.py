"""Hosts and platforms: who can be told, and how."""
