"""What the helpline does with people who were referred to it."""
