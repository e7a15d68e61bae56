"""Who may see files that were brought, and bring one."""

from balise.foundation import access

READ = "steering.imports.read"
WRITE = "steering.imports.write"

require = access.require
