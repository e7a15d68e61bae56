"""Who may read campaigns, and write them."""

from balise.foundation import access

READ = "awareness.campaigns.read"
WRITE = "awareness.campaigns.write"

require = access.require
