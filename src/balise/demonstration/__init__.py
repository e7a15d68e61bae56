"""The demonstration centre: the season that it has behind it, and a day of its helpline, played."""
