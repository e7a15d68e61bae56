"""What each door may store, in octets: near, in all, and what is kept for those who come first."""
