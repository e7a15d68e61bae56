"""How signals are computed, read and compared, without a table or a setting."""
