"""Who may read what others count, and enter it."""

from balise.foundation import access

READ = "steering.readings.read"
WRITE = "steering.readings.write"

require = access.require
