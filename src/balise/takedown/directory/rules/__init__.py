"""Who can be told, by which way, and how well this is known. Pure."""
