"""The words and decisions of the app. Pure: no database, clock or settings."""
