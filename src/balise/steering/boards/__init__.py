"""The boards: figures of the lines for a period, beside a year before."""
