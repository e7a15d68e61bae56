"""Referrals and cases, limited to what the reader may see."""
