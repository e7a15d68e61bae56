"""Take the yearly report outside; bring statements in; say which notice each one answers."""
