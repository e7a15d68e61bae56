"""Who may do what at the removal desk."""

from balise.foundation import access

READ = "helpline.removals.read"
WORK = "helpline.removals.work"
# The last rungs: an internal complaint, the Digital Services Coordinator.
COMPLAIN = "helpline.removals.complain"

require = access.require
