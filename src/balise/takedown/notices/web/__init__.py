"""The notices: the staff door, and the two public pages of a mail."""
