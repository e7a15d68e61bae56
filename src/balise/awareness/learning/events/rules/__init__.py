"""What an event is, who has a place, and what calendars are told. Pure."""
