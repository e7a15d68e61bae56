"""Who looked at what, for how long, and when it is enough: limits for people, no rankings."""
