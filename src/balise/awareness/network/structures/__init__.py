"""The structures that carry the centre’s tools to the young, and where they are."""
