"""Telling others than the host: the police (`dossiers`), NCMEC (`cybertips`), foreign hotlines."""

# The labels of its apps keep the package's first name, referrals_…: their tables, migrations and
# sealed columns carry it.
