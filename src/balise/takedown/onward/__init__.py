"""Telling others than the host: the police (`dossiers`), and whom else a centre turns on."""

# The labels of its apps keep the package's first name, referrals_…: their tables, migrations and
# sealed columns carry it.
