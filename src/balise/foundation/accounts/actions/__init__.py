"""Every action that makes, changes or ends an account, a session or a token."""
