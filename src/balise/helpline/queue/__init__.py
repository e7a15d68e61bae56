"""One queue for calls, chats, call-backs, messages and removals; seats of the listeners."""
