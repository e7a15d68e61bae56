"""What is done with figures of use and short links."""
