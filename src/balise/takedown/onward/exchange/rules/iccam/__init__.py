"""ICCAM, the exchange of INHOPE, as its API v3 was observed in a client in 2023-24: unverified.

The network's own description could not be read. What was observed and what is only supposed is
told apart in `docs/operations/exchange.md`; people see “to be verified”, and it is off unless it is
configured.
"""
