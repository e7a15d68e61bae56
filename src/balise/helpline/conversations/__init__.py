"""Conversations that lose nothing: an event log, and streams that read it."""
