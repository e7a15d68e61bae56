"""The doors to the reports."""
