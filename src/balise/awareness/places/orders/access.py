"""Who may read orders, answer them, and keep the stock."""

from balise.foundation import access

READ = "awareness.orders.read"
KEEP = "awareness.orders.keep"

require = access.require
