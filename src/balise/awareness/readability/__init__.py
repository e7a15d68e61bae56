"""How hard our texts are to read: one measure for all that is written for people."""
