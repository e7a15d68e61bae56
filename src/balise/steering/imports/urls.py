"""The addresses of this module, by door: none, press and readings show what they bring."""
