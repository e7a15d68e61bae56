"""Who may do what with figures."""

from balise.foundation import access

READ = "steering.figures.read"
EXPORT = "steering.figures.export"

require = access.require
