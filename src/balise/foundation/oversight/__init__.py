"""The pages of those who watch over the house: journal, retention, dead letters."""
