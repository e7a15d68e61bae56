"""Who gets a content abroad, what is written to them and how it is signed. Pure."""
