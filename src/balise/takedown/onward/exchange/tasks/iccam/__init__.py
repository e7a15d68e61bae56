"""Speak to ICCAM: one session, each call once, and what became of it written down."""
