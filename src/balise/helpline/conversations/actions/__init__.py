"""Begin, say, join, end: each one event of the log and one fact of the journal."""
