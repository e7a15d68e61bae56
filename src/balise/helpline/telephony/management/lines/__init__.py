"""The lines to an exchange, each a client that is called again whenever it is cut."""
