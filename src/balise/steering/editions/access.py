"""Who reads editions, prepares and approves them, freezes and publishes them."""

from balise.foundation import access

READ = "steering.editions.read"
WRITE = "steering.editions.write"
APPROVE = "steering.editions.approve"
FREEZE = "steering.editions.freeze"
PUBLISH = "steering.editions.publish"

require = access.require
