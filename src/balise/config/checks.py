"""System checks: a wrong setting is told before the first request, with an id and a hint."""
