"""The deck: an edition as it was frozen, and its three files."""
