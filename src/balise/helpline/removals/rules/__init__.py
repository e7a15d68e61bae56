"""What a request says, where an item stands, how long a platform may take. Pure."""
