"""Registers of our own (RDAP, WHOIS, DNS) for tests and the demonstration: well-behaved or hostile.

They implement the protocols on loopback ports and know the invented names and networks of
`world.py`. A real centre never starts them: system check `balise.E411`.
"""
