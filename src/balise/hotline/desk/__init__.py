"""The partners' own desk: their people report, one by one or many at once, and follow."""
