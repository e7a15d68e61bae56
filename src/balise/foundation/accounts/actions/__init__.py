"""Every way an account, a session or a token comes to be, changes or ends."""
