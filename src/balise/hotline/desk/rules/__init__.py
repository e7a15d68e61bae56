"""What the police need, and how a partner's form or file is read. Pure."""
