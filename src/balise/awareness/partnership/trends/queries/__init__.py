"""The notebook, the month's rises, briefings and those who receive them."""
