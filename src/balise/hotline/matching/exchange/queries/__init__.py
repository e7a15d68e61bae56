"""Questions about the exchange, each narrowed to who asks."""
