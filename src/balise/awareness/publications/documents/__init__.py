"""The files of a kit: print, slides, and the ZIP that holds all; each made of octets alone."""
