"""The notice, its clock and its outcome."""
