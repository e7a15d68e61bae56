"""The words and decisions about a report and its contents. No database, no clock, no settings."""
