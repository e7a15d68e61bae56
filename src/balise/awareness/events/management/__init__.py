"""The command of calendars."""
