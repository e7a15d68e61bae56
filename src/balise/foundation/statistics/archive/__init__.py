"""The journal's facts in files by month, for a recount that asks no database (balise[archive])."""
