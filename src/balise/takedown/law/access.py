"""Who may bring in label packs. The law and the classes are data, for anyone to read."""

from balise.foundation import access

IMPORT_LABELS = "takedown.law.import-labels"

require = access.require
