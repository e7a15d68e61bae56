"""Staff, roles, sign-in, second factor, partner organisations and their tokens."""
