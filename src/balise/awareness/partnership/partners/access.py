"""Who may read the register of partners, and who keeps it."""

from balise.foundation import access

READ = "awareness.partners.read"
WRITE = "awareness.partners.write"

require = access.require
