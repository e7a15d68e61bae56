"""The words and decisions of the laboratory: pure."""
