"""The online module for adults, and badges."""
