"""Signals: what is computed of a picture or a film, and compared; never the picture itself."""
