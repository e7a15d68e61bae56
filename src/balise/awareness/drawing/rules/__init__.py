"""How we draw: flat, in a few colours, with one light that says where to look.

Nobody has a face: who stands near whom, and how a head is held, tell what is felt. The hair and the
top of someone never change in a story. Nothing on a screen can be read.
"""
