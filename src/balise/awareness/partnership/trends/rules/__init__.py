"""The notebook of emerging uses, what is a rise, what a briefing says. Pure."""
