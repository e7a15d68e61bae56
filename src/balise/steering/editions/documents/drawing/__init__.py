"""The pictures of a deck's charts, as shapes: pure geometry, for page, paper and slide."""
