"""The desk that has what hurts a young person removed from platforms, with their consent."""
