"""Streams: what is new in a conversation, to the pages that have it open."""
