"""Which picture a chart of a deck has, and the map that only a deck carries."""
