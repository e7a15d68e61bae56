"""Who may write CyberTips. A dossier's own rights come first: its line's people alone read it."""

from balise.foundation import access

EXPORT = "takedown.cybertips.export"

require = access.require
