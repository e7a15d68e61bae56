"""Prepare, send, ask and take outside what is a partner's own."""
