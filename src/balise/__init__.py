"""Balise: an open platform that runs a national Safer Internet Centre."""
