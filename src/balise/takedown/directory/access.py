"""Who may do what with the directory of hosts."""

from balise.foundation import access

READ = "takedown.directory.read"
PROPOSE = "takedown.directory.propose"
APPROVE = "takedown.directory.approve"

require = access.require
