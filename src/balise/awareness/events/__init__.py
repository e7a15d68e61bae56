"""Webinars, meetings and Safer Internet Day: who comes, and what is kept of it."""
