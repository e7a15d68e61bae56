"""Streams: what is new in a conversation, to whoever has its page open."""
