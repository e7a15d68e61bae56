"""What leaves the removal desk on paper."""
