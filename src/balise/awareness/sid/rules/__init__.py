"""Rules of the day: editions by their own dates, declared activities, bounds of who was met."""
