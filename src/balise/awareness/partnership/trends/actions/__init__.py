"""Keep the notebook, send briefings, write exchange sheets."""
