"""A question on a page: the fields that ask it, and what is said of an answer."""
