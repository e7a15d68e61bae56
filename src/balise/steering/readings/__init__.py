"""Dated readings of what others count: social accounts, videos, app stores, the web audience."""
