"""The films of the pack, drawn in code; run once, and again where a film changes."""
