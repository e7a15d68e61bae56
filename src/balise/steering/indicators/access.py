"""Who may do what here."""

from balise.foundation import access

READ = "steering.indicators.read"
WRITE = "steering.indicators.write"

require = access.require
