"""Several people at once, at a bad moment, each in a browser of their own."""
