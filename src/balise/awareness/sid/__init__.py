"""Safer Internet Day: its editions, what is declared for it, the wall, the press, the report."""
