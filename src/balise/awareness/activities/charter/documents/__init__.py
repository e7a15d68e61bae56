"""The papers of the charter."""
