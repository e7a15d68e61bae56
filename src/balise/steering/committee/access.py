"""Who reads what the committee decides, and who writes it down."""

from balise.foundation import access

READ = "steering.committee.read"
WRITE = "steering.committee.write"

require = access.require
