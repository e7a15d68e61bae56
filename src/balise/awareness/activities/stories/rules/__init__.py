"""The words and decisions of stories. Pure: no database, clock or settings."""
