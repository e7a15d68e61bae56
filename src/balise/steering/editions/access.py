"""Who reads editions, prepares them, freezes and publishes them."""

from balise.foundation import access

READ = "steering.editions.read"
WRITE = "steering.editions.write"
FREEZE = "steering.editions.freeze"
PUBLISH = "steering.editions.publish"

require = access.require
