"""Files that the steering office brings: their rows, looked at first, and what became of them."""
