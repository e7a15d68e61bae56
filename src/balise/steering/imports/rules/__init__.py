"""How a file that was brought is read, without a database."""
