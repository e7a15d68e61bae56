"""Every change of printed kits and of their orders."""
