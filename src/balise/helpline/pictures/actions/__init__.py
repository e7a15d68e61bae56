"""Every change of a picture: offered, looked at, kept or taken back, sealed and settled."""
