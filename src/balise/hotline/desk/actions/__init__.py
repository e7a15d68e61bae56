"""Prepare, send, ask and export a partner's own reports."""
