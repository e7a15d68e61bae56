"""Seventeen invented platforms, one program, on the loopback: for demonstration and tests."""
